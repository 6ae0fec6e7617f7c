// Brands that phishing by instant message borrows, and the domains that are theirs. Facts collected by us; a name that
// is missing here costs recall, a missing domain costs a false look-alike.

/** Brands by the name that look-alikes imitate. Names under five letters count only as a whole part of a name. */
export const BRANDS: readonly string[] = (
  'discord discordapp steamcommunity steampowered steam paypal facebook instagram whatsapp telegram twitch roblox ' +
  'binance coinbase metamask blockchain netflix amazon apple icloud microsoft office365 outlook hotmail google gmail ' +
  'yahoo aol msn ebay dhl fedex usps ups spotify epicgames fortnite minecraft nitro youtube linkedin twitter snapchat ' +
  'tiktok wellsfargo chase hsbc barclays santander revolut trustwallet ledger opensea sberbank vkontakte skype ' +
  'bankofamerica citibank americanexpress capitalone mastercard westernunion moneygram cashapp venmo stripe klarna ' +
  'kraken bitfinex pancakeswap uniswap phantom dropbox docusign adobe wetransfer github onedrive sharepoint wechat ' +
  'viber alibaba aliexpress walmart bestbuy airbnb booking uber deutschepost correos royalmail hermes dpd ' +
  'commerzbank sparkasse postbank volksbank labanquepostale creditagricole intesasanpaolo unicredit tinkoff alfabank ' +
  'ozon wildberries avito gosuslugi mercadolibre bradesco itau nubank playstation nintendo rockstargames ubisoft ' +
  'activision leagueoflegends valorant hypesquad csgo pubg faceit hypixel tesla dynobot mee6 lunarclient galxe csgoempire skinwallet ' +
  'aliexpress icbc mercadolivre counterstrike ticketmaster ryanair'
).split(' ');

const OFFICIAL: ReadonlySet<string> = new Set(
  (
    'discord.com discord.gg discordapp.com discordapp.net discord.media discord.gift discordstatus.com discord.new discord.dev ' +
    'steamcommunity.com steampowered.com steamstatic.com steamgames.com steamcontent.com steam-chat.com steamserver.net steamusercontent.com ' +
    'steamdb.info steamdeck.com valvesoftware.com counter-strike.net paypal.com paypal.me paypalobjects.com paypal-corp.com ' +
    'facebook.com facebook.net fbcdn.net fb.com instagram.com cdninstagram.com whatsapp.com whatsapp.net telegram.org telegram.me telegram.dog t.me ' +
    'telegra.ph twitch.tv ttvnw.net roblox.com rbxcdn.com binance.com binance.us binance.org coinbase.com metamask.io blockchain.com blockchain.info ' +
    'netflix.com nflxext.com nflxvideo.net amazon.com amazonaws.com amazon-adsystem.com media-amazon.com ssl-images-amazon.com amazontrust.com ' +
    'apple.com icloud.com apple-dns.net apple.news microsoft.com microsoftonline.com microsoft365.com office365.com office.com outlook.com hotmail.com ' +
    'live.com windows.net azure.com onmicrosoft.com google.com googleapis.com googlevideo.com googleusercontent.com googletagmanager.com ' +
    'googlesyndication.com googleadservices.com google-analytics.com googleblog.com googlesource.com googlecode.com withgoogle.com gmail.com gstatic.com ytimg.com ' +
    'yahoo.com yahoo.net yahoodns.net aol.com msn.com ebay.com ebayimg.com ebaystatic.com dhl.com fedex.com usps.com ups.com spotify.com spotifycdn.com ' +
    'epicgames.com fortnite.com minecraft.net minecraft.wiki youtube.com youtu.be youtube-nocookie.com linkedin.com twitter.com x.com snapchat.com tiktok.com ' +
    'tiktokcdn.com tiktokv.com wellsfargo.com chase.com jpmchase.com jpmorganchase.com hsbc.com barclays.com santander.com revolut.com trustwallet.com ' +
    'ledger.com opensea.io sberbank.com vk.com vkontakte.com skype.com bankofamerica.com citibank.com citi.com americanexpress.com capitalone.com ' +
    'mastercard.com westernunion.com moneygram.com cash.app venmo.com stripe.com stripe.network klarna.com kraken.com bitfinex.com pancakeswap.finance ' +
    'uniswap.org phantom.app dropbox.com dropboxusercontent.com docusign.com docusign.net adobe.com wetransfer.com github.com github.io githubusercontent.com ' +
    'githubassets.com onedrive.com sharepoint.com wechat.com viber.com alibaba.com aliexpress.com walmart.com walmartimages.com bestbuy.com airbnb.com booking.com ' +
    'faceit.com hypixel.net tesla.com dyno.gg mee6.xyz lunarclient.com galxe.com csgoempire.com skinwallet.com aliexpress.us aliexpress.ru ' +
    'mercadolibre.com mercadolivre.com github.dev klarna.net airbnb.net spotify.net spotify.dev office365.us bradesco.com.br citibank.com.br ' +
    'playstation-cloud.com icloud-content.com myhuaweicloud.com sunexpress.com tiktokcdn-us.com tiktokcdn-eu.com wellsfargomedia.com unicreditgroup.eu ryanair.com ticketmaster.com ' +
    'uber.com playstation.com playstation.net nintendo.com nintendo.net rockstargames.com ubisoft.com activision.com leagueoflegends.com playvalorant.com pubg.com ' +
    'openai.com chatgpt.com avito.ru ozon.ru wildberries.ru gosuslugi.ru tinkoff.ru alfabank.ru sparkasse.de deutschepost.de postbank.de commerzbank.de'
  ).split(' '),
);

/** Brands that own their name under the suffixes of many countries. */
const WORLDWIDE: ReadonlySet<string> = new Set(
  'amazon google ebay yahoo paypal apple dhl fedex ups hsbc barclays santander netflix microsoft spotify airbnb booking uber revolut dpd adobe walmart nintendo playstation sberbank vkontakte blockchain mercadolibre booking'.split(
    ' ',
  ),
);

/** Whether a registrable domain belongs to a brand: listed, or a worldwide brand's name under a country's suffix. */
export function isOfficial(domain: string, label: string): boolean {
  return OFFICIAL.has(domain) || (WORLDWIDE.has(label) && /\.(?:com?\.)?[a-z]{2}$/.test(domain));
}
