using EdgeHost.Capabilities.Speech;
using EdgeHost.Client;
using EdgeHost.Serialization;

namespace EdgeHost.Wyoming.Services;

/// <summary>A duplex call of the host that the audio of a connection goes into: opened with its first piece, read until its end.</summary>
/// <typeparam name="TItem">What the host sends.</typeparam>
/// <typeparam name="TResponse">Its response.</typeparam>
internal abstract class AudioCall<TItem, TResponse> : IAudioTask
    where TItem : IWireMessage<TItem>
    where TResponse : IWireMessage<TResponse>
{
    private OpenCall<AudioChunk, TItem, TResponse>? _call;
    private Task _reading = Task.CompletedTask;

    public async ValueTask HearAsync(AudioShape shape, ReadOnlyMemory<byte> samples, CancellationToken cancellationToken)
    {
        if (_call is null)
        {
            _call = await OpenAsync(shape, cancellationToken).ConfigureAwait(false);
            _reading = ReadAsync(_call, cancellationToken);
        }

        await _call.PushAsync(new AudioChunk { Audio = samples }, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        if (_call is not null)
        {
            await _call.CompleteAsync(cancellationToken).ConfigureAwait(false);
            await _reading.ConfigureAwait(false);
            await _call.ResponseAsync(cancellationToken).ConfigureAwait(false);
        }

        await AnswerAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_call is null) return;
        await _call.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Opens the call.</summary>
    protected abstract ValueTask<OpenCall<AudioChunk, TItem, TResponse>> OpenAsync(AudioShape shape, CancellationToken cancellationToken);

    /// <summary>Takes what the host sends, in order.</summary>
    protected abstract ValueTask TakeAsync(TItem item, CancellationToken cancellationToken);

    /// <summary>Says what is left to say when the audio has ended.</summary>
    protected abstract ValueTask AnswerAsync(CancellationToken cancellationToken);

    private async Task ReadAsync(OpenCall<AudioChunk, TItem, TResponse> call, CancellationToken cancellationToken)
    {
        await foreach (var item in call.ReadAllAsync(cancellationToken).ConfigureAwait(false)) await TakeAsync(item, cancellationToken).ConfigureAwait(false);
    }
}
