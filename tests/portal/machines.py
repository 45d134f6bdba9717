"""Who opens links without being asked: mail scanners, previews, prefetchers, crawlers, headless browsers.

User agents and headers as these programs send them; where a program hides behind a browser's name, that name.
"""

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)
_PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_PICTURE = "image/avif,image/webp,image/png,*/*;q=0.5"

MACHINES: dict[str, dict[str, str]] = {
    "Microsoft Safe Links": {
        "User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0 OneOutlook/1.2024.101.100",
        "X-Native-Host": "OneOutlook",
    },
    "Microsoft Defender": {"User-Agent": CHROME.replace("131", "79.0.3945"), "Accept": _PAGE},
    "Proofpoint URL Defense": {"User-Agent": CHROME, "Via": "1.1 urldefense.proofpoint.com", "Accept": "*/*"},
    "Mimecast": {"User-Agent": CHROME.replace("131", "98"), "X-Forwarded-For": "205.139.110.1", "Accept": _PAGE},
    "Barracuda": {"User-Agent": "BarracudaCentral/2.0 (Barracuda Link Protection)", "Accept": "*/*"},
    "Cisco Secure Email": {"User-Agent": "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)"},
    "Symantec Click-time": {"User-Agent": "Mozilla/5.0 (compatible; SymantecEmailSecurity)", "Accept": "*/*"},
    "Google Messages": {
        "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/99.0.4844.84 Safari/537.36 (compatible; GoogleMessages/1.0)"
    },
    "Google preview": {"User-Agent": "Mozilla/5.0 (compatible; Google-PageRenderer Google (+https://google.com))"},
    "iMessage": {
        "User-Agent": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) "
        "Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0"
    },
    "Samsung Messages": {"User-Agent": "Dalvik/2.1.0 (Linux; U; Android 14; SM-A245M Build/UP1A.231005.007)"},
    "WhatsApp": {"User-Agent": "WhatsApp/2.24.20.89 A", "Accept": "*/*"},
    "Slack": {"User-Agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "Range": "bytes=0-32768"},
    "Facebook": {"User-Agent": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"},
    "Twitter": {"User-Agent": "Twitterbot/1.0", "Accept": "*/*"},
    "LinkedIn": {"User-Agent": "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)"},
    "Teams and Skype": {
        "User-Agent": "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com"
    },
    "Telegram": {"User-Agent": "TelegramBot (like TwitterBot)", "Accept": _PAGE},
    "Discord": {"User-Agent": "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)"},
    "Outlook for Windows": {"User-Agent": "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)"},
    "Gmail image proxy": {
        "User-Agent": "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
        "Accept": _PICTURE,
    },
    "Yahoo": {"User-Agent": "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html"},
    "Apple Mail privacy": {"User-Agent": "Mozilla/5.0", "Accept": _PICTURE},
    "Chrome prefetch": {"User-Agent": CHROME, "Purpose": "prefetch", "Sec-Purpose": "prefetch", "Accept": _PAGE},
    "Chrome prerender": {"User-Agent": CHROME, "Sec-Purpose": "prefetch;prerender", "Sec-Fetch-Site": "none"},
    "Firefox prefetch": {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Firefox/133.0", "X-Moz": "prefetch"},
    "Safari preview": {"User-Agent": IPHONE, "X-Purpose": "preview"},
    "Googlebot": {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
    "curl": {"User-Agent": "curl/8.5.0", "Accept": "*/*"},
    "headless Chrome": {"User-Agent": CHROME.replace("Chrome/", "HeadlessChrome/"), "Sec-Fetch-Dest": "document"},
}
