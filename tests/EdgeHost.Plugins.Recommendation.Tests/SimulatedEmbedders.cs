using System.Buffers.Binary;
using System.Collections.Concurrent;
using EdgeHost.Capabilities.Language;
using EdgeHost.Capabilities.Vision;
using EdgeHost.PluginSdk;
using EdgeHost.Serialization;

namespace EdgeHost.Plugins.Recommendation.Tests;

/// <summary>Other plugins as tests need them: a text's vector counts the words of each subject, a picture's is its bytes. Thread-safe.</summary>
internal sealed class SimulatedEmbedders : ICapabilityCaller
{
    /// <summary>Words that mean alike and have no letter in common.</summary>
    public static readonly string[][] Subjects = [["coffee", "espresso", "latte"], ["bicycle", "saddle", "chain"], ["violin", "cello", "bow"]];

    private volatile string _version = "1.0.0";
    private volatile Func<string, EdgeHostException?>? _fails;
    private int _texts;

    /// <summary>The version of both models.</summary>
    public string Version
    {
        get => _version;
        set => _version = value;
    }

    /// <summary>What a method fails with, or null.</summary>
    public Func<string, EdgeHostException?>? Fails
    {
        get => _fails;
        set => _fails = value;
    }

    /// <summary>Methods in the order in which they were called.</summary>
    public ConcurrentQueue<string> Called { get; } = new();

    /// <summary>Texts that became vectors.</summary>
    public int Texts => Volatile.Read(ref _texts);

    public ValueTask<ReadOnlyMemory<byte>> CallAsync(string method, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Called.Enqueue(method);
        if (Fails?.Invoke(method) is { } failure) throw failure;
        return new ValueTask<ReadOnlyMemory<byte>>(method == LanguageMethods.Embed ? Embed(WireMessageSerializer.Deserialize<EmbedTextRequest>(request)) : Embed(WireMessageSerializer.Deserialize<EmbedImageRequest>(request)));
    }

    private byte[] Embed(EmbedTextRequest request)
    {
        if (request.Texts.Any(static text => text.Contains("unreadable", StringComparison.Ordinal))) throw new EdgeHostException(ErrorCode.InvalidArgument, "texts[0] cannot be read");
        Interlocked.Add(ref _texts, request.Texts.Count);
        return WireMessageSerializer.ToArray(new EmbedTextResponse
        {
            Embeddings = [.. request.Texts.Select(static text => (ReadOnlyMemory<byte>)Bytes([.. Subjects.Select(subject => 0.1f + subject.Count(word => text.Contains(word, StringComparison.Ordinal)))]))],
            Dimension = Subjects.Length,
            Model = $"{request.Model ?? "simulated-texts"}@{Version}",
            InputTokens = 1,
        });
    }

    private byte[] Embed(EmbedImageRequest request)
    {
        if (request.Image.Length != 2) throw new EdgeHostException(ErrorCode.InvalidArgument, "'image' is no picture");
        return WireMessageSerializer.ToArray(new EmbedImageResponse { Embedding = Bytes([request.Image.Span[0], request.Image.Span[1]]), Dimensions = 2, Model = $"simulated-pictures@{Version}" });
    }

    private static byte[] Bytes(float[] values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return bytes;
    }
}
