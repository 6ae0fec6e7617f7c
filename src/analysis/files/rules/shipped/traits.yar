/*
  What programs that travel by instant messaging have in common, whoever wrote them. One trait proves nothing: two or more must meet.
*/

private rule small_windows_program
{
  condition:
    uint16(0) == 0x5a4d and filesize < 4MB
}

rule DrivesMessengerWindows
{
  meta:
    description = "a program that knows the windows of messengers and types into them"
    class = "worm"
    rank = "bad"
  strings:
    $window1 = "IMWindowClass" ascii wide
    $window2 = "MSBLWindowClass" ascii wide
    $window3 = "MSNMSBLClass" ascii wide
    $window4 = "AIM_IMessage" ascii wide
    $window5 = "_Oscar_BuddyListWin" ascii wide
    $window6 = "YahooBuddyMain" ascii wide
    $window7 = "YSearchMenuWndClass" ascii wide
    $window8 = "tSkMainForm" ascii wide
    $acts1 = "keybd_event" ascii
    $acts2 = "SendInput" ascii
    $acts3 = "VkKeyScan" ascii
    $finds = "FindWindow" ascii
    $sends = "SendMessage" ascii
    $run = "CurrentVersion\\Run" ascii wide nocase
    $link = "http://" ascii wide
  condition:
    small_windows_program and 1 of ($window*) and $finds and ($sends or 1 of ($acts*)) and ($run or $link)
}

rule AutomatesMessenger
{
  meta:
    description = "a program that has Windows Messenger or MSN Messenger write to contacts, and starts with the system"
    class = "worm"
    rank = "bad"
  strings:
    $object1 = "Messenger.UIAutomation" ascii wide
    $object2 = "Messenger.MsgrObject" ascii wide
    $object3 = "B69003B3-C55E-4B48-836C-BC5946FC3B28" ascii wide nocase
    $object4 = "IMessengerContacts" ascii wide
    $run = "CurrentVersion\\Run" ascii wide nocase
    $ending1 = ".pif" ascii wide nocase
    $ending2 = ".scr" ascii wide nocase
    $link = "http://" ascii wide
  condition:
    small_windows_program and 1 of ($object*) and $run and 1 of ($ending*, $link)
}

rule CopiesToSharedFolders
{
  meta:
    description = "a program that puts files under tempting names into folders of file sharing"
    class = "worm"
    rank = "bad"
  strings:
    $folder1 = "\\Kazaa\\My Shared Folder" ascii wide nocase
    $folder2 = "\\eMule\\Incoming" ascii wide nocase
    $folder3 = "\\eDonkey2000\\Incoming" ascii wide nocase
    $folder4 = "\\LimeWire\\Shared" ascii wide nocase
    $folder5 = "\\Morpheus\\My Shared Folder" ascii wide nocase
    $folder6 = "\\BearShare\\Shared" ascii wide nocase
    $folder7 = "\\Grokster\\My Grokster" ascii wide nocase
    $folder8 = "\\ICQ\\shared files" ascii wide nocase
    $folder9 = "Software\\Kazaa\\LocalContent" ascii wide nocase
    $name1 = "crack" ascii wide nocase
    $name2 = "keygen" ascii wide nocase
    $name3 = ".mp3.exe" ascii wide nocase
    $name4 = ".scr" ascii wide nocase
    $name5 = "nude" ascii wide nocase
  condition:
    small_windows_program and (3 of ($folder*) or (1 of ($folder*) and 2 of ($name*)))
}

rule IrcBot
{
  meta:
    description = "a program that takes orders by IRC, as the bots that worms of messengers drop do"
    class = "malware"
    rank = "bad"
  strings:
    $irc1 = "PRIVMSG %s" ascii
    $irc2 = "JOIN %s %s" ascii
    $irc3 = "NICK %s" ascii
    $irc4 = "USER %s" ascii
    $irc5 = "PONG %s" ascii
    $order1 = "[SCAN]" ascii nocase
    $order2 = "[DOWNLOAD]" ascii nocase
    $order3 = "[DDOS]" ascii nocase
    $order4 = "[KEYLOG]" ascii nocase
    $order5 = "synflood" ascii nocase
    $order6 = "udpflood" ascii nocase
    $run = "CurrentVersion\\Run" ascii wide nocase
  condition:
    small_windows_program and 3 of ($irc*) and (2 of ($order*) or (1 of ($order*) and $run))
}

rule AutorunProgram
{
  meta:
    description = "a file that has a program started from a disk as soon as it is put in"
    class = "worm"
    rank = "bad"
  strings:
    $section = "[autorun]" ascii wide nocase
    $open1 = /open\s*=\s*[^\r\n]{1,80}\.(exe|scr|pif|com|bat|vbs)/ nocase
    $open2 = /shell\\(open|explore)\\command\s*=/ nocase
  condition:
    filesize < 64KB and $section and ($open1 or $open2)
}

rule MircScriptWorm
{
  meta:
    description = "a script of mIRC that sends a file to whoever joins"
    class = "worm"
    rank = "sure"
  strings:
    $event = /\bon\s+[*!@\d]*:(join|text|part):/ nocase
    $send = /\bdcc\s+send\b/ nocase
    $nick = "$nick" nocase
  condition:
    filesize < 1MB and all of them
}

rule BlocksSecuritySites
{
  meta:
    description = "a program that keeps the computer from reaching vendors of protection"
    class = "malware"
    rank = "bad"
  strings:
    $hosts = "drivers\\etc\\hosts" ascii wide nocase
    $site1 = "symantec.com" ascii wide nocase
    $site2 = "mcafee.com" ascii wide nocase
    $site3 = "sophos.com" ascii wide nocase
    $site4 = "f-secure.com" ascii wide nocase
    $site5 = "kaspersky.com" ascii wide nocase
    $site6 = "trendmicro.com" ascii wide nocase
    $site7 = "windowsupdate.microsoft.com" ascii wide nocase
  condition:
    small_windows_program and $hosts and 4 of ($site*)
}
