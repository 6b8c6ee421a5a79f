using System.Text.Json;
using CsCheck;
using EdgeHost.Host.Configuration;

namespace EdgeHost.Host.Tests.Configuration;

public sealed class OptionValueTests
{
    private static readonly OptionNode Time = new() { Shape = OptionShape.Value, Type = typeof(TimeSpan) };
    private static readonly OptionNode Bytes = new() { Shape = OptionShape.Value, Type = typeof(long), IsBytes = true };

    [Theory]
    [InlineData("500 ms", 0.5)]
    [InlineData("10s", 10)]
    [InlineData("1.5 min", 90)]
    [InlineData("2 H", 7200)]
    [InlineData("1 d", 86400)]
    [InlineData("00:01:30", 90)]
    public void Read_ATime_InAnyUnit(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Read(Time, text));

    [Theory]
    [InlineData("5")]
    [InlineData("-5 s")]
    [InlineData("s")]
    [InlineData("1e400 d")]
    [InlineData("99999999999999999999 d")]
    [InlineData("")]
    public void Read_ATimeThatIsNone_IsNull(string text) => Assert.Null(Read(Time, text));

    [Theory]
    [InlineData("600 MB", 600_000_000)]
    [InlineData("600MiB", 629_145_600)]
    [InlineData("1.5 GB", 1_500_000_000)]
    [InlineData("12 b", 12)]
    [InlineData("4 kb", 4000)]
    public void Read_Bytes_InAnyUnit(string text, long bytes) => Assert.Equal(bytes, Read(Bytes, text));

    [Fact]
    public void Show_AnyValue_IsReadBackAsTheSame()
    {
        Gen.Long[0, TimeSpan.FromDays(1000).Ticks].Sample(ticks => Equals(Read(Time, OptionValue.Show(Time, new TimeSpan(ticks))), new TimeSpan(ticks)));
        Gen.Long[0, 1L << 50].Sample(bytes => Equals(Read(Bytes, OptionValue.Show(Bytes, bytes)), bytes));
    }

    private static object? Read(OptionNode node, string text)
    {
        using var json = JsonDocument.Parse(long.TryParse(text, out _) && node.IsBytes ? text : JsonSerializer.Serialize(text));
        return OptionValue.Read(node, json.RootElement);
    }
}
