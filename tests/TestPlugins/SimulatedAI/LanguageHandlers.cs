using System.Buffers.Binary;
using EdgeHost;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace TestPlugins.SimulatedAI;

/// <summary>Says back what it was sent, a word a piece; one token is one word.</summary>
[Capability("language.generate")]
internal sealed class GenerateHandler : StreamingCapabilityHandler<GenerateRequest, GeneratedText, GenerateResponse>
{
    public override async ValueTask<GenerateResponse> HandleAsync(
        GenerateRequest request, ItemWriter<GeneratedText> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        var said = string.Join(" | ", request.Messages.Select(message => $"{message.Role}: {message.Content}"));
        if (said.Contains("too much", StringComparison.Ordinal))
        {
            throw new EdgeHostException(ErrorCode.ResourceExhausted, "That is too much.") { RetryAfter = TimeSpan.FromSeconds(3) };
        }

        if (request.Temperature is { } temperature) said += string.Create(System.Globalization.CultureInfo.InvariantCulture, $" | at {temperature}");
        if (request.Grammar is { } grammar) said += $" | as {grammar}";
        var words = said.Split(' ');
        var most = request.MaxTokens ?? int.MaxValue;
        foreach (var word in words.Take(most))
        {
            await items.WriteAsync(new GeneratedText { Text = $"{word} " }, cancellationToken).ConfigureAwait(false);
        }

        return new GenerateResponse
        {
            Model = "simulated@1.0.0",
            FinishReason = words.Length > most ? "length" : "stop",
            InputTokens = request.Messages.Count,
            OutputTokens = Math.Min(words.Length, most),
        };
    }
}

/// <summary>Gives a text's length and its first character.</summary>
[Capability("language.embed")]
internal sealed class EmbedHandler : CapabilityHandler<EmbedRequest, EmbedResponse>
{
    public override ValueTask<EmbedResponse> HandleAsync(EmbedRequest request, CapabilityContext context, CancellationToken cancellationToken)
        => new(new EmbedResponse
        {
            Embeddings = [.. request.Texts.Select(text => (ReadOnlyMemory<byte>)Vector(text.Length, text.FirstOrDefault()))],
            Model = "simulated@1.0.0",
            InputTokens = request.Texts.Sum(text => text.Split(' ').Length),
        });

    private static byte[] Vector(params float[] values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return bytes;
    }
}
