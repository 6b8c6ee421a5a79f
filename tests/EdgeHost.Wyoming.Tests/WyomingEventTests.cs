using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using EdgeHost.Wyoming.Events;

namespace EdgeHost.Wyoming.Tests;

public sealed class WyomingEventTests
{
    private static readonly WyomingOptions Options = new() { MaxHeaderBytes = 512, MaxEventBytes = 4096 };

    [Fact]
    public async Task EventsAsTheProtocolDescribesThem_AreRead()
    {
        var bytes = Encoding.UTF8.GetBytes("""
            {"type":"describe"}
            {"type":"audio-start","data":{"rate":16000,"width":2,"channels":1}}
            {"type":"audio-chunk","data":{"rate":1},"data_length":40,"payload_length":4}
            {"rate":16000,"width":2,"channels":1   }abcd{"type":"audio-stop","payload_length":null}

            """.ReplaceLineEndings("\n"));
        var events = await ReadAllAsync(bytes);

        // The newline after data is no part of it: 40 bytes are exactly the object.
        Assert.Equal(["describe", "audio-start", "audio-chunk", "audio-stop"], events.Select(one => one.Type));
        Assert.Equal(16_000, events[2].Number("rate"));
        Assert.Equal("abcd"u8.ToArray(), events[2].Payload.ToArray());
    }

    [Fact]
    public async Task WhatIsWritten_IsReadAgain()
    {
        using var stream = new MemoryStream();
        using var writer = new WyomingWriter(stream);
        await writer.WriteAsync(new WyomingEvent("transcript", new JsonObject { ["text"] = "zwölf\n\"€\"" }), default);
        await writer.WriteAsync(new WyomingEvent("audio-chunk", new JsonObject { ["rate"] = 8000 }, new byte[] { 10, 13, 0 }), default);
        await writer.WriteAsync(WyomingEvent.Of("audio-stop"), default);
        var events = await ReadAllAsync(stream.ToArray());
        Assert.Equal(["transcript", "audio-chunk", "audio-stop"], events.Select(one => one.Type));
        Assert.Equal("zwölf\n\"€\"", events[0].Text("text"));
        Assert.Equal(new byte[] { 10, 13, 0 }, events[1].Payload.ToArray());
    }

    [Theory]
    [InlineData("hello\n", "no JSON")]
    [InlineData("[1]\n", "no JSON object")]
    [InlineData("{}\n", "no 'type'")]
    [InlineData("""{"type":7}""" + "\n", "no 'type'")]
    [InlineData("""{"type":"a","data":3}""" + "\n", "'data' is no object")]
    [InlineData("""{"type":"a","payload_length":-1}""" + "\n", "'payload_length' is -1")]
    [InlineData("""{"type":"a","payload_length":"x"}""" + "\n", "'payload_length' is")]
    [InlineData("""{"type":"a","data_length":4}""" + "\n[1] ", "no JSON object")]
    public async Task WhatIsNoEvent_IsSaid(string text, string words)
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => ReadAllAsync(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"a","payload_length":5000}""" + "\n", "MaxEventBytes")]
    [InlineData("""{"type":"a","data_length":99999999999}""" + "\n", "MaxEventBytes")]
    public async Task WhatIsTooLarge_IsRefusedBeforeItIsRead(string text, string key)
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => ReadAllAsync(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
        Assert.Contains(key, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LineWithoutEnd_IsRefused()
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => ReadAllAsync(new byte[2000]));
        Assert.Contains("MaxHeaderBytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyBytes_AreEventsOrATypedError()
    {
        var good = Encoding.UTF8.GetBytes("""{"type":"audio-chunk","data_length":12,"payload_length":3}""" + "\n" + """{"rate":16  }abc{"type":"ping"}""" + "\n");
        var random = new Random(4);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = good.AsSpan(0, random.Next(good.Length + 1)).ToArray();
            for (var i = random.Next(4); i > 0 && bytes.Length > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                Assert.InRange((await ReadAllAsync(bytes)).Count, 0, 3);
            }
            catch (EdgeHostException e)
            {
                Assert.True(e.Code is ErrorCode.InvalidArgument or ErrorCode.ResourceExhausted);
            }
        }
    }

    private static async Task<List<WyomingEvent>> ReadAllAsync(byte[] bytes)
    {
        var reader = new WyomingReader(PipeReader.Create(new MemoryStream(bytes)), Options);
        var events = new List<WyomingEvent>();
        while (await reader.ReadAsync(default) is { } one) events.Add(one);
        return events;
    }
}
