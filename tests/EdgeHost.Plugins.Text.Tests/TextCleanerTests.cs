using System.Text;
using CsCheck;
using EdgeHost.Plugins.Text.Cleaning;

namespace EdgeHost.Plugins.Text.Tests;

public class TextCleanerTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain text", "plain text")]
    [InlineData("  a \t\r\n b  ", "a b")]
    [InlineData("a\0b\u0007c", "abc")]
    [InlineData("a\u202Eb\u202C\u200b\ufeffc\u00adoo", "abcoo")]
    [InlineData("\u3000全角\u3000", "全角")]
    [InlineData("👩\u200d👧", "👩\u200d👧")]
    [InlineData("\ue000\ufffd", "")]
    public void Clean_LeavesWhatSomebodyReads(string text, string expected) => Assert.Equal(expected, TextCleaner.Clean(text));

    [Fact]
    public void Clean_HalfOfACharacter_IsLeftOut() => Assert.Equal("half of a pair", TextCleaner.Clean("half\ud83d of \ude00 a pair"));

    [Fact]
    public void Clean_AnyText_IsValidAndCleanAtOnce()
        => Gen.String[Gen.OneOf(Gen.Char['\0', '~'], Gen.Char['\ud7ff', '\ue001'], Gen.Char['\u2000', '\u2030']), 0, 40].Sample(static text =>
        {
            var clean = TextCleaner.Clean(text);
            return clean == TextCleaner.Clean(clean) && clean == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(clean)) && !clean.Any(char.IsControl);
        });
}
