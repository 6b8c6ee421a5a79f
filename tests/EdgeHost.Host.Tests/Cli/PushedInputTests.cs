using System.Text;
using EdgeHost.Host.Cli;
using EdgeHost.Serialization;

namespace EdgeHost.Host.Tests.Cli;

public class PushedInputTests
{
    [Fact]
    public async Task Lines_OfJson_AreItemsAndEmptyOnesAreNone()
    {
        var items = await PushedInput.LinesAsync(new StringReader("{\"n\":1}\n\n{\"n\":2}"), CancellationToken.None).ToListAsync();

        Assert.Equal([WireJson.ToMessagePack("""{"n":1}"""u8.ToArray()), WireJson.ToMessagePack("""{"n":2}"""u8.ToArray())], items);
    }

    [Theory]
    [InlineData("{\"n\":1}\n{oops")]
    [InlineData("{}\nnothing")]
    public async Task Lines_NotJson_NameTheLine(string input)
    {
        var error = await Assert.ThrowsAsync<UsageException>(async () => await PushedInput.LinesAsync(new StringReader(input), CancellationToken.None).ToListAsync());

        Assert.StartsWith("Line 2 of standard input is not JSON", error.Message, StringComparison.Ordinal);
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
}
