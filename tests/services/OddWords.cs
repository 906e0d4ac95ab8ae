using System.Text;

namespace IotGateway.Tests.Services;

/// <summary>
/// Words that readers stumble over: numbers beyond every range, times that are none, halves of characters, depth, length.
/// </summary>
internal static class OddWords
{
    private static readonly string[] Texts =
    [
        "", " ", "0", "-0", "1", "-1", "1e999", "-1e999", "1e-999", "1e308", "-1.7976931348623157e308", "4.9e-324", "NaN",
        "nan", "Infinity", "-Infinity", "Inf", "NA", "N/A", "null", "true", "false", "undefined", "-9999", "-32768",
        "32767", "32768", "65535", "65536", "2147483647", "2147483648", "-2147483649", "4294967296", "9007199254740993",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551616",
        "99999999999999999999999999999999999999", "0.1", ".5", "5.", "+5", "--5", "1,5", "1.5.5", "1 000", "1_000", "0x10",
        "1e", "1e+", "0000000000000000000000000007", "١٢", "５", "½", "−5", "-3,5", "12%", "1d", "1f", "{}", "[]", "[[]]",
        "{\"a\":1}", "\"", "\"\"", "\\", "\\u0000", "\\ud800", "\\udc00\\ud800", "\"\\ud83d\"", "'", "`", ",", ";", ";;",
        "\t", "\n", "\r", "\r\n", "\n\n\n", ":", "/", "..", "../../etc/passwd", "~", "#", "+", "$", "%00", "%s", "{0}",
        "<a>", "&amp;", "]]>", "0001-01-01T00:00:00Z", "9999-12-31T23:59:60Z", "9999-12-31T23:59:59.9999999Z",
        "10000-01-01T00:00:00Z", "2026-02-30", "2026-13-01", "2026-06-30T23:59:60Z", "2026-01-01T24:00:00Z",
        "2026-01-01T00:00:00+99:99", "2026-01-01", "1970-01-01T00:00:00Z", "00:00", "24:00", "-99999999999", "253402300800",
        "1e18", "é", "İ", "ı", "ß", "\u0000", "\u001b[2J", "\u200b", "\u202e", "\ufeff", "\ufffd", "\ud83d\udc1d",
        "a\u0301", "__proto__", "constructor", "toString", "id", "type", "time", "value", "unit",
    ];

    private static readonly byte[][] Raw =
    [
        [0], [0xff], [0xfe, 0xff], [0xff, 0xfe], [0xef, 0xbb, 0xbf], [0xed, 0xa0, 0x80], [0xed, 0xb0, 0x80], [0xc0, 0x80],
        [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0x80], [0x1f, 0x8b, 8, 0], [0x28, 0xb5, 0x2f, 0xfd], [0x50, 0x4b, 3, 4],
        [0x7f, 0x45, 0x4c, 0x46], [0xff, 0xff, 0xff, 0xff], [0xff, 0xff, 0xff, 0x7f], [0, 0, 0, 0x80],
        [0, 0, 0, 0, 0, 0, 0xf0, 0x7f], [0, 0, 0, 0, 0, 0, 0xf8, 0x7f], [0x80, 0x80, 0x80, 0x80, 0x10],
    ];

    /// <summary>One of them, rarely a deep or a long one.</summary>
    public static byte[] Bytes(Random random) => random.Next(40) switch
    {
        0 => Encoding.ASCII.GetBytes(Many(random, "[", "{\"a\":", "(", "\"", "<a>")),
        1 => Encoding.ASCII.GetBytes(Many(random, "9", "x", "0", "-", " ", ",", "1,", "\n", ".")),
        < 10 => Raw[random.Next(Raw.Length)],
        _ => Encoding.UTF8.GetBytes(Texts[random.Next(Texts.Length)]),
    };

    private static string Many(Random random, params string[] pieces) =>
        string.Concat(Enumerable.Repeat(pieces[random.Next(pieces.Length)], 1 << random.Next(1, 15)));
}
