using System.Security.Cryptography;
using EdgeHost;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace TestPlugins.SimulatedAI;

/// <summary>Says what bytes it got.</summary>
[Capability("speech.transcribe")]
internal sealed class TranscribeHandler : CapabilityHandler<TranscribeRequest, TranscribeResponse>
{
    public override ValueTask<TranscribeResponse> HandleAsync(TranscribeRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var text = $"{Convert.ToHexStringLower(SHA256.HashData(request.Audio.Span))} {request.SampleRateHz} {request.Language}".TrimEnd();
        return new ValueTask<TranscribeResponse>(new TranscribeResponse
        {
            Text = text,
            Segments = [new Segment { StartMs = 100, EndMs = 200, Text = text }, new Segment { StartMs = 300, EndMs = 450, Text = string.Empty }],
            Models = ["simulated@1.0.0"],
        });
    }
}

/// <summary>Says after every push how many bytes there were, and at the end what they were.</summary>
[Capability("speech.transcribe_stream")]
internal sealed class TranscribeStreamHandler : DuplexCapabilityHandler<TranscribeStreamRequest, AudioPiece, StreamSegment, TranscribeResponse>
{
    public override async ValueTask<TranscribeResponse> HandleAsync(
        TranscribeStreamRequest request, IAsyncEnumerable<AudioPiece> pushes, ItemWriter<StreamSegment> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        if (request.Language == "xx") throw new EdgeHostException(ErrorCode.InvalidArgument, "Nobody speaks 'xx'.");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = 0L;
        await foreach (var push in pushes.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            hash.AppendData(push.Audio.Span);
            bytes += push.Audio.Length;
            await items.WriteAsync(new StreamSegment { EndMs = bytes, Text = $"{bytes}" }, cancellationToken).ConfigureAwait(false);
        }

        var text = Convert.ToHexStringLower(hash.GetCurrentHash());
        await items.WriteAsync(new StreamSegment { EndMs = bytes, Text = text, IsFinal = true }, cancellationToken).ConfigureAwait(false);
        return new TranscribeResponse { Text = text };
    }
}
