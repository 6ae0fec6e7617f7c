// Hosts that everybody links to: they tie nothing together. Shorteners from misp-warninglists (CC0 1.0), see README.md;
// the large sites are a list of our own.

/** Domains and hosts that never count as a campaign's own. */
export const SHARED_HOSTS: ReadonlySet<string> = new Set(
  (
    '1url.com 2h.ae 2ly.link 2no.co 2uuu.me 3c5.com 42url.com 4x.si 7x.qa 9lick.me abre.ai abrv.in adcraft.co ' +
    'adcrun.ch adf.ly adflav.com aiy.ooo aka.gr amazon.com amzn.id amzn.to angelfire.com aol.com apple.com ' +
    'archive.org artist.link atomicurl.com b2n.ir baidu.com bc.vc bee4.biz belea.link bing.com bit.do bit.ly ' +
    'bitly.com bitly.com.vn bitly.lc bitly.ws blogspot.com bom.so buff.ly buzurl.com bx.ms cal.link cektkp.com ' +
    'chatg.pt ci.ci clc.li clck.ru clik.is clik.now cml.lol coki.me cszone.hu cur.lv cut.by cutt.ly cutt.us ' +
    'cuty.io d.to db.tt debian.org dft.ba dik.si discord.com discord.gg discordapp.com docs.google.com ' +
    'drive.google.com dropbox.com dub.co dub.sh dwz.mk e.vg ebay.com encr.pw encurtador.dev etd.bz facebook.com ' +
    'fb.com fig.page filoops.info flickr.com flowto.it for.edu.sg for.sg fun.ly fzy.co g.shrinkrl.com ' +
    'geocities.com gg-l.xyz ggl.link git.new github.com githubusercontent.com gitlab.com gmail.com go.gov.sg ' +
    'go.ly gog.li golinks.co goo.by goo.gd goo.gl goo.su google.com han.gl hit.my hotmail.com hyp.ae hyperurl.co ' +
    'i3l.ir ic9.in icloud.com id.tl idm.in iii.im iiil.io ilang.in imageshack.us imgur.com inlnk.co insprl.com ' +
    'instagram.com iplogger.com iplogger.org is.gd ito.mx ity.im iurl.vip j.mp jii.li komin.fo kortlink.dk ' +
    'kutt.it kutt.to kutti.co l.ead.me lc.cx link.zip.net linkedin.com linksshortcut.com linkto.im linktr.ee ' +
    'litby.us live.com ln.run lnk.co lnk.direct lnk.ink lnk.pw lnk.ua lnkd.in lnkfi.re long.af longurl.in ' +
    'mail.ru matrix.to maxiurl.com mcaf.ee me2.do mediafire.com medium.com mega.nz merky.de microsoft.com ' +
    'minlink.com.br mjt.lu mozilla.org msn.com mtr.bio mub.me my5353.com mylinks.ai myqrcode.mobi myspace.com ' +
    'n9.cl nanourly.in netflix.com neya.io nov.io o2o.to odesli.co office.com ok.ru onelink.to onx.la ' +
    'outlook.com ouvaton.link ow.ly p6l.org pastebin.com paypal.com photobucket.com picz.us pinterest.com po.st ' +
    'postly.link ppt.cc prettylinkpro.com q-r.to q.gs qq.com qr-codes.io qr.ae qr.net qrco.de qrcodedynamic.com ' +
    'qrcodes.pro qrkit.co quora.com rapidshare.com rb.gy rebrand.ly rebrandly.com rebrandly.info reddit.com ' +
    'relink.is reurl.cc ricardo.news s.devh.in s.ee s.gy s.id s.rlp.de s3r.io s59.site scanned.page scrnch.me ' +
    'shly.link shorten.ee shorten.is shorten.tv shorter.me shortquik.com shorturl.ae shorturl.asia shorturl.at ' +
    'shrinkrl.com shrt.bonosmles.ec shrtcnl.com sht.ac signal.group signal.org sk.gy skype.com sl8.in slack.com ' +
    'smarturl.it smurl.fr sn.rs snip.ly song.link spoo.me spotify.com sprl.in spti.fi srink.co stackoverflow.com ' +
    'steamcommunity.com steampowered.com su.pr surl.li t.co t.ly t.me telegram.me telegram.org temporary-url.com ' +
    'tg.pe tiktok.com tiny.cc tinyarrows.com tinyurl.com tinyurl.mobi tota2.com tr.ee tr.im trimz.me tripod.com ' +
    'tt.vg tumblr.com tweez.me twitch.tv twitter.com twitthis.com twixar.com twixar.me tyny.to u.bb u.to ' +
    'ubuntu.com url.sg urled.cc urled.pro urless.com urlr.me urlshort.dev urltin.com urlz.fr ux9.de v.gd v.ht ' +
    'viber.com vk.com vtaurl.com vzturl.com wa.me webz.cc wetransfer.com whatsapp.com wikipedia.org ' +
    'wordpress.com wp.me x.co x.com x.gd xlinkz.info xshort.co xso.to xtu.me xy2.eu yahoo.com yandex.ru ' +
    'yirra.net ykm.de yourls.org youtu.be youtube.com yu2.it yu3.io zoom.us zpag.es zpr.io zurl.to zws.im zzb.bz'
  ).split(' '),
);
