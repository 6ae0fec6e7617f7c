/*
  Worms of instant messaging, by names and texts that their write-ups tell. Written from those write-ups alone, without samples:
  a match says that a program carries what the worm was known to carry. Several traits must meet.
  Metadata: class and rank say what a match means (docs/analysis.md), reference where the traits are told.
*/

private rule windows_program
{
  condition:
    uint16(0) == 0x5a4d and filesize < 8MB
}

rule Bropia
{
  meta:
    description = "traits of Bropia, which has MSN Messenger send it to everyone"
    class = "worm"
    rank = "sure"
    reference = "F-Secure Bropia.C and Bropia.F; PC Magazine, Top Threat: Bropia.E; Computerworld NZ, January 2005"
  strings:
    $window = "IMWindowClass" ascii wide
    $lure1 = "Drunk_lol.pif" ascii wide nocase
    $lure2 = "Webcam_004.pif" ascii wide nocase
    $lure3 = "sexy_bedroom.pif" ascii wide nocase
    $lure4 = "naked_party.pif" ascii wide nocase
    $lure5 = "love_me.pif" ascii wide nocase
    $lure6 = "hahahaha.pif" ascii wide nocase
    $lure7 = "me_2005.pif" ascii wide nocase
    $drop1 = "winis.exe" ascii wide nocase
    $drop2 = "dnsserv.exe" ascii wide nocase
    $drop3 = "msnus.exe" ascii wide nocase
    $drop4 = "adaware32.exe" ascii wide nocase
    $drop5 = "winexec32.exe" ascii wide nocase
  condition:
    windows_program and (2 of ($lure*) or ($window and 1 of ($lure*)) or (2 of ($drop*) and ($window or 1 of ($lure*))))
}

rule Sumom
{
  meta:
    description = "traits of Sumom (Serflog, Fatso), which goes by MSN Messenger and shared folders"
    class = "worm"
    rank = "sure"
    reference = "Symantec W32.Serflog.A and W32.Serflog.C; F-Secure Sumom.A; WebProNews, 8 March 2005"
  strings:
    $lure1 = "Crazy frog gets killed by train!" ascii wide nocase
    $lure2 = "Annoying crazy frog getting killed" ascii wide nocase
    $lure3 = "Fat Elvis! lol" ascii wide nocase
    $lure4 = "The Cat And The Fan piccy" ascii wide nocase
    $lure5 = "How a Blonde Eats a Banana" ascii wide nocase
    $lure6 = "Mona Lisa Wants Her Smile Back" ascii wide nocase
    $lure7 = "Death of crazy frog!" ascii wide nocase
    $copy1 = "formatsys.exe" ascii wide nocase
    $copy2 = "serbw.exe" ascii wide nocase
    $copy3 = "msmbw.exe" ascii wide nocase
    $copy4 = "lspt.exe" ascii wide nocase
    $mutex = "'-S-K-Y-'-D-E-V-I-L-'" ascii wide
  condition:
    windows_program and ($mutex or 2 of ($lure*) or 2 of ($copy*))
}

rule Funner
{
  meta:
    description = "traits of Funner, which sends itself by MSN Messenger and QQ"
    class = "worm"
    rank = "sure"
    reference = "Trend Micro WORM_FUNNER.A; MicroWorld and Antiy, October 2004"
  strings:
    $log = "bsfirst2.log" ascii wide nocase
    $self = "c:\\funny.exe" ascii wide nocase
    $host = "78p.com" ascii wide nocase
    $stop1 = "KILLME.CMD" ascii wide nocase
    $stop2 = "STOP.CMD" ascii wide nocase
  condition:
    windows_program and ($log or ($self and $host) or ($stop1 and $stop2 and ($self or $host)))
}

rule Kelvir
{
  meta:
    description = "traits of Kelvir, which sends a link to all contacts of MSN Messenger"
    class = "worm"
    rank = "sure"
    reference = "Sophos W32/Kelvir-F; F-Prot, 7 March 2005; Information Week, March 2005"
  strings:
    $text1 = "lol! see it! u'll like it" ascii wide nocase
    $text2 = "omg this is funny" ascii wide nocase
    $text3 = "i almost fell off the chair when i saw this" ascii wide nocase
    $text4 = "i just found the funniest drawing" ascii wide nocase
    $text5 = "check this out I almost pee'd my pants" ascii wide nocase
    $text6 = "its like a virtual acidtrip or something" ascii wide nocase
    $messenger1 = "Messenger.UIAutomation" ascii wide
    $messenger2 = "B69003B3-C55E-4B48-836C-BC5946FC3B28" ascii wide nocase
    $messenger3 = "IMWindowClass" ascii wide
    $messenger4 = "IMessenger" ascii wide
  condition:
    windows_program and (2 of ($text*) or (1 of ($text*) and 1 of ($messenger*)))
}

rule Aplore
{
  meta:
    description = "traits of Aplore (Aphex), which goes by AIM, IRC and mail"
    class = "worm"
    rank = "sure"
    reference = "PC World, April 2002; Computerworld NZ, April 2002"
  strings:
    $file = "psecure20x-cgi-install.version6.01" ascii wide nocase
    $script = "Email.vbs" ascii wide nocase
  condition:
    $file and ($script or filesize < 2MB)
}

rule Choke
{
  meta:
    description = "traits of Choke, which asks contacts of MSN Messenger to take it"
    class = "worm"
    rank = "sure"
    reference = "ZDNet, 2001; Symantec W32.Choke"
  strings:
    $lure1 = "ShootPresidentBUSH.exe" ascii wide nocase
    $self = "choke.exe" ascii wide nocase
    $lure2 = "PIC1324.EXE" ascii wide nocase
    $text = "want me to send my new pic?" ascii wide nocase
    $name = "MsgSprd" ascii wide nocase
  condition:
    windows_program and ($lure1 or ($self and $name) or ($lure2 and ($text or $name)))
}

rule AimLinkWorm
{
  meta:
    description = "a bot that sends links by AIM on order, as Oscarbot, Opanki and Velkbot did"
    class = "worm"
    rank = "sure"
    reference = "Sophos on Oscarbot-B, May 2005; CNET, Another worm hits AIM users, 2005"
  strings:
    $aim1 = "AIM_IMessage" ascii wide
    $aim2 = "_Oscar_BuddyListWin" ascii wide
    $aim3 = "_Oscar_StatusNotify" ascii wide
    $aim4 = "aim:goim?" ascii wide nocase
    $irc1 = "PRIVMSG %s" ascii
    $irc2 = "JOIN %s" ascii
    $irc3 = "NICK %s" ascii
    $irc4 = "PONG %s" ascii
    $text1 = "check this out" ascii wide nocase
    $text2 = "LOL, click here" ascii wide nocase
    $order1 = ".aim" ascii
    $order2 = "aim.msg" ascii nocase
    $order3 = "aimspread" ascii nocase
  condition:
    windows_program and 1 of ($aim*) and ((2 of ($irc*) and (1 of ($order*) or 1 of ($text*))) or $order3)
}

rule Yhoo32
{
  meta:
    description = "traits of yhoo32.explr, which puts a browser of its own in place and sends links by Yahoo! Messenger"
    class = "worm"
    rank = "sure"
    reference = "FaceTime Security Labs, May 2006; X-Block, Safety Browser"
  strings:
    $name = "yhoo32" ascii wide nocase
    $folder = "\\YSND" ascii wide nocase
    $browser1 = "Safety Browser" ascii wide nocase
    $browser2 = "Power Browser" ascii wide nocase
    $host1 = "demoplanet.tv" ascii wide nocase
    $host2 = "lamanweb.com" ascii wide nocase
    $yahoo = "YahooBuddyMain" ascii wide
  condition:
    windows_program and ($name or 2 of ($host*, $folder, $yahoo) or (1 of ($browser*) and 1 of ($host*, $folder)))
}

rule MassMailerWithMessenger
{
  meta:
    description = "a mass mailer that also writes to contacts of MSN Messenger, as variants of Chod and Mytob did"
    class = "worm"
    rank = "sure"
    reference = "HITB news, Email worm graduates to IM, April 2005; vendor notes on Mytob, 2005"
  strings:
    $mail1 = "MAIL FROM:<" ascii nocase
    $mail2 = "RCPT TO:<" ascii nocase
    $messenger1 = "Messenger.UIAutomation" ascii wide
    $messenger2 = "Messenger.MsgrObject" ascii wide
    $messenger3 = "B69003B3-C55E-4B48-836C-BC5946FC3B28" ascii wide nocase
    $messenger4 = "IMWindowClass" ascii wide
    $run = "CurrentVersion\\Run" ascii wide nocase
  condition:
    windows_program and all of ($mail*) and $run and 1 of ($messenger*)
}
