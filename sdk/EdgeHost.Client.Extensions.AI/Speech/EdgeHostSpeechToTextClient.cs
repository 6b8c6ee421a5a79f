using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace EdgeHost.Client.Extensions.AI.Speech;

/// <summary>Speech to text over the two capabilities that transcribe.</summary>
internal sealed class EdgeHostSpeechToTextClient(EdgeHostClient client, EdgeHostAIOptions options) : ISpeechToTextClient
{
    private const string Method = "speech.transcribe";
    private const string StreamMethod = "speech.transcribe_stream";
    private const string RawFormat = "s16le";
    private const int DefaultFrameBytes = 64 * 1024 * 1024;
    private const int OverheadBytes = 4 * 1024;
    private static readonly SpeechToTextClientMetadata Metadata = new(Services.ProviderName);

    public async Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(audioSpeechStream);
        Check(options);
        var audio = await AudioReader.ReadAllAsync(audioSpeechStream, MostAudioBytes, cancellationToken).ConfigureAwait(false);
        var request = new TranscribeRequest
        {
            Audio = audio,
            Format = AudioPushing.IsFile(audio.Span) ? null : RawFormat,
            SampleRateHz = options?.SpeechSampleRate,
            Language = options?.SpeechLanguage,
        };
        var response = await CallAsync(request, cancellationToken).ConfigureAwait(false);
        return new SpeechToTextResponse(response.Text)
        {
            ModelId = response.Models.Count > 0 ? string.Join(", ", response.Models) : null,
            StartTime = response.Segments is [var first, ..] ? TimeSpan.FromMilliseconds(first.StartMs) : null,
            EndTime = response.Segments is [.., var last] ? TimeSpan.FromMilliseconds(last.EndMs) : null,
        };
    }

    public IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(audioSpeechStream);
        Check(options);
        return StreamAsync(audioSpeechStream, new TranscribeStreamRequest { SampleRateHz = options?.SpeechSampleRate, Language = options?.SpeechLanguage }, cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => Services.Find(serviceType, serviceKey, this, client, Metadata);

    public void Dispose()
    {
        // The client belongs to whoever made it.
    }

    private int MostAudioBytes => (client.State == ClientState.Connected ? client.Host.Limits.MaxFrameBytes : DefaultFrameBytes) - OverheadBytes;

    private static void Check(SpeechToTextOptions? options)
    {
        if (options?.TextLanguage is { } text && text != options.SpeechLanguage) throw Services.NotThere(Method, "translation; leave the language of the text out");
    }

    private ValueTask<TranscribeResponse> CallAsync(TranscribeRequest request, CancellationToken cancellationToken)
        => client.CallAsync<TranscribeRequest, TranscribeResponse>(Method, request, options.ToCallOptions(), cancellationToken);

    private async IAsyncEnumerable<SpeechToTextResponseUpdate> StreamAsync(
        Stream audio, TranscribeStreamRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid().ToString("N");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var call = await client.OpenAsync<TranscribeStreamRequest, AudioChunk, TranscribedSegment, TranscribeResponse>(
            StreamMethod, request, options.ToCallOptions(), stop.Token).ConfigureAwait(false);
        await using var openCall = call.ConfigureAwait(false);
        var pushing = PushAsync(call, audio, stop);
        try
        {
            var segments = call.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);
            await using var openSegments = segments.ConfigureAwait(false);
            while (await MoveNextAsync(segments, pushing).ConfigureAwait(false)) yield return ToUpdate(id, segments.Current);
        }
        finally
        {
            // The caller gets his stream back: nobody reads it any more when the enumeration has ended.
            await stop.CancelAsync().ConfigureAwait(false);
            await pushing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Audio that cannot be read ends the call, and is what the caller is told.
    private static async Task PushAsync(
        OpenCall<AudioChunk, TranscribedSegment, TranscribeResponse> call, Stream audio, CancellationTokenSource stop)
    {
        try
        {
            await AudioPushing.PushAsync(call, audio, stop.Token).ConfigureAwait(false);
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<TranscribedSegment> segments, Task pushing)
    {
        try
        {
            return await segments.MoveNextAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Whoever stopped the call for his audio's sake says so; he is about to, if he has not.
            await pushing.ConfigureAwait(false);
            throw;
        }
    }

    private static SpeechToTextResponseUpdate ToUpdate(string id, TranscribedSegment segment) => new(segment.Text)
    {
        ResponseId = id,
        Kind = segment.IsFinal ? SpeechToTextResponseUpdateKind.TextUpdated : SpeechToTextResponseUpdateKind.TextUpdating,
        StartTime = TimeSpan.FromMilliseconds(segment.StartMs),
        EndTime = TimeSpan.FromMilliseconds(segment.EndMs),
    };
}
