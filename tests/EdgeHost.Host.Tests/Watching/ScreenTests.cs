using CsCheck;
using EdgeHost.Host.Watching;

namespace EdgeHost.Host.Tests.Watching;

public sealed class ScreenTests
{
    [Theory]
    [InlineData(0, "–")]
    [InlineData(0.00085, "850 µs")]
    [InlineData(0.0034, "3.4 ms")]
    [InlineData(0.12, "120 ms")]
    [InlineData(3.44, "3.4 s")]
    [InlineData(90, "90 s")]
    [InlineData(600, "10 min")]
    [InlineData(10_000, "3 h")]
    [InlineData(1_000_000, "12 d")]
    public void Time_OfAnyLength_IsShort(double seconds, string text) => Assert.Equal(text, Screen.Time(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Count_OfAnySize_HasAtMostSixCharacters()
        => Gen.Long[0, 900_000_000_000].Sample(count => Screen.Count(count).Length <= 6);

    [Fact]
    public void CleanAndCut_AnyText_HaveNoControlCharacterAndFit()
        => Gen.Select(Gen.String, Gen.Int[0, 50]).Sample((text, width) => Screen.Cut(Screen.Clean(text), width) is var shown && shown.Length <= Math.Max(width, 0) && !shown.Any(char.IsControl));
}
