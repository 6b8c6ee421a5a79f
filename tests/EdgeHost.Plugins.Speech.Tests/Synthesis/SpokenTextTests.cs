using System.Text;
using CsCheck;
using EdgeHost.Plugins.Speech.Synthesis.Text;

namespace EdgeHost.Plugins.Speech.Tests.Synthesis;

public class SpokenTextTests
{
    [Theory]
    [InlineData("a\0b\u0007c\r\nd", "a b c  d\n")]
    [InlineData("a\ud800b\udc00", "ab\n")]
    [InlineData("[[h@loU]]", "[ h@loU]]\n")]
    [InlineData("x\u202ey\ufeff", "xy\n")]
    [InlineData("<speak>&amp;</speak>", "<speak>&amp;</speak>\n")]
    [InlineData("😀 مرحبا 你好", "😀 مرحبا 你好\n")]
    public void Clean_LeavesTextAlone(string text, string expected) => Assert.Equal(expected, Encoding.UTF8.GetString(SpokenText.Clean(text)));

    [Theory]
    [InlineData("Café “naïve” — it’s 5 €… 😀", "Cafe \"naive\" - it's 5 . \n")]
    [InlineData("tab\there", "tab here\n")]
    public void CleanAscii_KeepsWhatAsciiHas(string text, string expected) => Assert.Equal(expected, Encoding.ASCII.GetString(SpokenText.CleanAscii(text)));

    [Theory]
    [InlineData("?! ...", false)]
    [InlineData("", false)]
    [InlineData("a", true)]
    [InlineData("你", true)]
    [InlineData("😀", true)]
    [InlineData("7", true)]
    public void HasWords_IsWhetherThereIsSomethingToSay(string text, bool expected) => Assert.Equal(expected, SpokenText.HasWords(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Clean_AnyText_IsOneLineOfValidUtf8WithoutControls()
        => Gen.String.Sample(text =>
        {
            foreach (var bytes in new[] { SpokenText.Clean(text), SpokenText.CleanAscii(text) })
            {
                var clean = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
                Assert.Equal(clean.Length - 1, clean.IndexOf('\n', StringComparison.Ordinal));
                Assert.DoesNotContain(clean[..^1], char.IsControl);
            }
        });

    [Theory]
    [InlineData('ç', "c\u0327")]
    [InlineData('ã', "a\u0303")]
    [InlineData('ə', "ə")]
    public void Decomposition_TakesLettersApart(int letter, string expected) => Assert.Equal(expected, Decomposition.Of(letter));
}
