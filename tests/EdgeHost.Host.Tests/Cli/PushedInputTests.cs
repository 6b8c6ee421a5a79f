using System.Text;
using EdgeHost.Host.Cli;
using EdgeHost.Serialization;

namespace EdgeHost.Host.Tests.Cli;

public class PushedInputTests
{
    private const int MostBytes = 100;

    [Theory]
    [InlineData("{\"n\":1}\n\n{\"n\":2}")]
    [InlineData("\r\n{\"n\":1}\r\n \t\n{\"n\":2}\n")]
    public async Task Lines_OfJson_AreItemsAndEmptyOnesAreNone(string input)
        => Assert.Equal([WireJson.ToMessagePack("""{"n":1}"""u8.ToArray()), WireJson.ToMessagePack("""{"n":2}"""u8.ToArray())], await LinesAsync(input));

    [Theory]
    [InlineData("{\"n\":1}\n{oops")]
    [InlineData("{}\nnothing")]
    [InlineData("\n{\"a\":}\n{}")]
    public async Task Lines_NotJson_NameTheLine(string input)
    {
        var error = await Assert.ThrowsAsync<UsageException>(() => LinesAsync(input));

        Assert.StartsWith("Line 2 of the input is not JSON", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_LongerThanAFrame_AreRefusedWithTheirNumber()
    {
        var longest = $"{{\"n\":\"{new string('x', MostBytes - 8)}\"}}";

        Assert.Equal(2, (await LinesAsync($"{{}}\n{longest}")).Count);
        var error = await Assert.ThrowsAsync<UsageException>(() => LinesAsync($"{{}}\n{longest}x"));
        Assert.StartsWith($"Line 2 of the input is longer than {MostBytes} bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_ThatComeByteByByte_AreTheSame()
    {
        var items = await PushedInput.LinesAsync(new DrippingStream("{\"n\":1}\n{\"n\":2}"u8.ToArray()), MostBytes, CancellationToken.None).ToListAsync();

        Assert.Equal(await LinesAsync("{\"n\":1}\n{\"n\":2}"), items);
    }

    [Theory]
    [InlineData(0, 4, 0)]
    [InlineData(8, 4, 2)]
    [InlineData(9, 4, 3)]
    public async Task Chunks_OfBytes_AreItemsOfOneField(int bytes, int chunk, int expected)
    {
        var items = await PushedInput.ChunksAsync(new MemoryStream(new byte[bytes]), "audio", chunk, CancellationToken.None).ToListAsync();

        Assert.Equal(expected, items.Count);
        Assert.All(items, item => Assert.Contains("audio", Encoding.ASCII.GetString(item), StringComparison.Ordinal));
    }

    private static async Task<List<byte[]>> LinesAsync(string input)
        => await PushedInput.LinesAsync(new MemoryStream(Encoding.UTF8.GetBytes(input)), MostBytes, CancellationToken.None).ToListAsync();

    /// <summary>Gives one byte a read, as a slow writer does.</summary>
    private sealed class DrippingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
    }
}
