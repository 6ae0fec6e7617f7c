// Scripts of any language: what they would do, by their words. Patterns are few, plain and bounded.
import type { Fact, Finding } from '../types.ts';
import type { Look } from './look.ts';

type Trait = readonly [name: string, pattern: RegExp];

const DOWNLOADS =
  /URLDownloadToFile|\.Download(?:File|String|Data)\b|Invoke-WebRequest|\biwr\s|MSXML2\.(?:Server)?XMLHTTP|WinHttp\.WinHttpRequest|Microsoft\.XMLHTTP|\bbitsadmin\b.{0,80}transfer|certutil\b.{0,80}urlcache|\b(?:curl|wget)\s+(?:-\S+\s+)*["']?https?:/i;
const RUNS =
  /WScript\.Shell|Shell\.Application|ShellExecute|\.Run\s*\(?["']|Invoke-Expression|\bIEX\b|Start-Process|\bcmd(?:\.exe)?\s+\/[ck]\b|\brundll32\b|\bmshta\b|\bregsvr32\b|\bWinExec\b|os\.system|subprocess\.|\|\s*(?:ba)?sh\b|\bchmod \+x\b/i;
const HIDES: readonly Trait[] = [
  ['text made of character codes', /(?:(?:chrw?|char|fromCharCode)\s*\(\s*\d{1,3}\s*\)?\s*[,&+]?\s*){6}/i],
  ['text made of character codes', /fromCharCode\s*\(\s*(?:(?:0x)?[\da-f]{1,3}\s*,\s*){8}/i],
  ['an encoded command', /-e(?:nc(?:odedcommand)?)?\s+["']?[A-Za-z0-9+/=]{40}/i],
  [
    'code that it makes up and then runs',
    /\b(?:eval|execute(?:global)?|unescape|Invoke-Expression|IEX)\s*\(?\s*(?:unescape|atob|decode\w*|string\.fromcharcode|strreverse|\[?(?:system\.)?(?:text\.encoding|convert))/i,
  ],
  ['long runs of hexadecimal digits', /(?:%u?[\da-f]{2,4}|\\x[\da-f]{2}){40}/i],
  ['names that are cut up by carets', /(?:\w\^){6}/],
];
const DOES: readonly Trait[] = [
  [
    'starts with the system',
    /CurrentVersion\\+Run\b|\\Start Menu\\Programs\\Startup|schtasks\b.{0,80}\/create|Register-ScheduledTask/i,
  ],
  [
    'copies itself',
    /WScript\.ScriptFullName|\bCopyFile\b.{0,200}ScriptFullName|copy\s+(?:\/y\s+)?["']?%~?(?:f|dpnx)?0\b|\$MyInvocation\.MyCommand\.(?:Path|Definition)/i,
  ],
  [
    'turns off protection',
    /Set-MpPreference|DisableRealtimeMonitoring|netsh\b.{0,60}firewall|taskkill\b.{0,80}(?:av|norton|mcafee|zone)/i,
  ],
  ['deletes files', /\b(?:del|erase)\s+\/[fsq]|\brd\s+\/s|Remove-Item\b.{0,80}-Recurse|\bformat\s+[a-z]:|rm -rf \//i],
];
const SENDS_ITSELF =
  /\bon\s+\*?\d*:(?:join|text|part):.{0,200}(?:dcc\s+send|\bmsg\b.{0,80}https?:)|Messenger\.(?:UIAutomation|IMessenger|MessengerApp)|CreateObject\(\s*["'](?:Messenger\.|Outlook\.Application)|aim:goim\?|\bIMessenger\d?\b|ymsgr:sendim/is;

/** @param text of the script */
export function lookAtScript(text: string): Look {
  const does = [...new Set(DOES.flatMap(([what, pattern]) => (pattern.test(text) ? [what] : [])))];
  const hides = [...new Set(HIDES.flatMap(([what, pattern]) => (pattern.test(text) ? [what] : [])))];
  const [downloads, runs, sends] = [DOWNLOADS.test(text), RUNS.test(text), SENDS_ITSELF.test(text)];
  const findings: Finding[] = [];
  if (downloads && runs) findings.push({ rank: 'bad', says: 'a script that downloads something and runs it' });
  else if (runs) findings.push({ rank: 'odd', says: 'a script that starts other programs' });
  if (sends)
    findings.push({ rank: 'bad', class: 'worm', says: 'a script that sends messages or files to contacts by itself' });
  if (hides.length > 0)
    findings.push({ rank: runs ? 'bad' : 'odd', says: `a script that hides what it does: ${hides.join(', ')}` });
  for (const what of does) findings.push({ rank: 'odd', says: `a script that ${what}` });
  const facts: Record<string, Fact> = {
    ...(downloads ? { downloads } : {}),
    ...(runs ? { runs } : {}),
    ...(hides.length > 0 ? { hides } : {}),
    ...(does.length > 0 ? { does } : {}),
  };
  return { facts, findings };
}

/** Pages and their like: what runs in them, and where their forms go. */
export function lookAtHtml(text: string): Look {
  const facts: Record<string, Fact> = {};
  const findings: Finding[] = [];
  if (/<script\b/i.test(text)) facts.script = true;
  if (/<iframe\b/i.test(text)) facts.iframe = true;
  const form = /<form\b[^>]{0,500}\baction\s*=\s*["']?(https?:\/\/[^"'\s>]{1,500})/i.exec(text)?.[1];
  const asks = /<input\b[^>]{0,500}\btype\s*=\s*["']?password/i.test(text);
  if (form !== undefined) facts.formTo = form.slice(0, 500);
  if (asks) facts.asksPassword = true;
  if (asks && form !== undefined)
    findings.push({
      rank: 'bad',
      class: 'phishing',
      says: 'a page in a file that asks for a password and sends it elsewhere',
    });
  else if (asks) findings.push({ rank: 'odd', class: 'phishing', says: 'a page in a file that asks for a password' });
  if (
    facts.script === true &&
    /\bmsSaveOrOpenBlob|\bURL\.createObjectURL|data:application\/(?:octet-stream|zip|x-)/i.test(text)
  ) {
    findings.push({ rank: 'bad', says: 'a page that makes a file and offers it as a download' });
  }
  if (/<hta:application\b/i.test(text)) findings.push({ rank: 'bad', says: 'a page that runs as a program' });
  if (/<object\b[^>]{0,300}\b(?:codebase|classid)\s*=/i.test(text))
    findings.push({ rank: 'odd', class: 'exploit', says: 'a page that loads a control' });
  if (facts.script !== true) return { facts, findings };
  const script = lookAtScript(text);
  return { facts: { ...script.facts, ...facts }, findings: [...findings, ...script.findings] };
}
