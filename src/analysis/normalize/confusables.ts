// Letters that look like a Latin one: of confusables.txt 17.0.0 (UTS 39), © 1991-2025 Unicode, Inc., Unicode License v3
// (https://www.unicode.org/license.txt), those of one unit that are lower case and in their compatibility form. Written by
// `node scripts/build-look-alikes.ts`.

/** The letters, and at the same place what each looks like. */
export const CONFUSABLES: readonly [from: string, to: string] = [
  '\u00fe\u0131\u018d\u0192\u01bd\u01bf\u01c0\u0251\u0261\u0263\u0269\u026a\u026f\u028b\u028f\u03b1\u03b3\u03b9\u03bd\u03bf\u03c1\u03c3\u03c5\u03ed\u03f3\u03f8\u0430\u0433\u0435\u043e\u0440\u0441\u0443\u0445\u0448\u0455\u0456\u0458\u0461\u0475\u04af\u04bb\u04bd\u04cf\u0501\u051b\u051d\u0561\u0563\u0566\u0570\u0578\u057c\u057d\u0581\u0582\u0584\u0585\u1d04\u1d0f\u1d11\u1d1c\u1d20\u1d21\u1d22\u1d26\u1d83\u1d8c\u1e9d\u1eff\u2c85\u2c93\u2c9f\u2ca3\u2ca5\u2ca9\u2cbd\u2ccf\u2d38\u2d39\u2d4f\u2d54\u2d55\u2d5d\ua4d0\ua4d1\ua4d2\ua4d3\ua4d4\ua4d6\ua4d7\ua4d9\ua4da\ua4dc\ua4dd\ua4df\ua4e0\ua4e1\ua4e2\ua4e3\ua4e6\ua4e7\ua4ea\ua4eb\ua4ec\ua4ee\ua4f0\ua4f2\ua4f3\ua4f4\ua647\ua6df\ua731\ua799\ua79f\uab32\uab35\uab3d\uab47\uab48\uab4e\uab52\uab5a\uab75\uab81\uab83\uab93\uaba9\uabaa\uabaf',
  'pigfsplagyiiwuyayivopouojpareopcyxwsijwvyheldqwwqqhnnugifocoouvwzrgyfyriopcywpveloqxbpddtgkjczfmnlsrvhwxyaelouivsfueforruuyirwzvsc',
];
