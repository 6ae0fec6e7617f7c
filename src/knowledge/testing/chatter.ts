// Ordinary chat, made of our own phrases: what signatures must leave alone. It leans on words that lures use too.

const OPENERS = ['hey', 'hi all', 'lol', 'btw', 'so', 'ok', 'hm', 'morning', 'anyone', 'thanks', 'sorry', 'yes'];
const PHRASES = [
  'is this your new picture on the wiki? looks good',
  'did you find out who broke the build?',
  'my profile does not load in the new program',
  'I put your picture on the blog, as you asked',
  'the discord server is down again, steam works',
  'nitro is too expensive for me, free is fine',
  'who deleted you from the channel? that was an accident',
  'you are blocked by the firewall, not by me',
  'got two months of free hosting for the project',
  'santa came early, new keyboard',
  'the frog in the garden is crazy loud',
  'can you test the program I wrote yesterday?',
  'see https://docs.example.org/setup.html for the setup',
  'try http://wiki.example.org/FAQ first',
  'upload it to http://files.example.org/photo.jpg please',
  'netflix was fine last night, bandwidth was not',
  'quarantine that disk, it clicks',
  'the greeting card from grandma arrived',
  'I sent the zip with the pictures of the party by mail',
  'run setup.exe from the installer, then reboot',
  'my messenger lost all contacts after the update',
  'the new version blocks the old plug-in',
  'free as in beer or free as in speech?',
  'where do I find out my IP address?',
  'that video needs a newer codec',
  'love letter to the C compiler, part two',
];

/** Every opener with every phrase. */
export function chatter(): readonly string[] {
  return OPENERS.flatMap((opener) => PHRASES.map((phrase) => `${opener} ${phrase}`));
}
