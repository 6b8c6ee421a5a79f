using System.Text.Json.Nodes;
using EdgeHost.Client;
using EdgeHost.Wyoming.Events;
using EdgeHost.Wyoming.Services;

namespace EdgeHost.Wyoming;

/// <summary>One connection: takes events in order and does what they ask. An error is told as an <c>error</c> event and ends what was under way, not the connection. Not thread-safe.</summary>
/// <param name="client">The host.</param>
/// <param name="writer">Takes answers.</param>
internal sealed class WyomingSession(EdgeHostClient client, WyomingWriter writer) : IAsyncDisposable
{
    private const int MostKeywords = 64;
    private readonly Speaker _speaker = new(client, writer);
    private IAudioTask? _task;
    private AudioShape? _shape;
    private bool _failed;

    /// <summary>Does what an event asks. Events that are not known are left alone, as the protocol wants.</summary>
    /// <param name="wyoming">The event.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="IOException">The connection is lost.</exception>
    public async ValueTask HandleAsync(WyomingEvent wyoming, CancellationToken cancellationToken)
    {
        try
        {
            await DoAsync(wyoming, cancellationToken).ConfigureAwait(false);
        }
        catch (EdgeHostException e)
        {
            await ForgetAsync().ConfigureAwait(false);
            _failed = true;
            await writer.WriteAsync(new WyomingEvent("error", new() { ["text"] = e.Message, ["code"] = e.Code.ToWireName() }), cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => ForgetAsync();

    private async ValueTask DoAsync(WyomingEvent wyoming, CancellationToken cancellationToken)
    {
        switch (wyoming.Type)
        {
            case "describe":
                await writer.WriteAsync(await ServiceInfo.CreateAsync(client, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
                break;
            case "ping":
                await writer.WriteAsync(new WyomingEvent("pong", new() { ["text"] = wyoming.Text("text") }), cancellationToken).ConfigureAwait(false);
                break;
            case "transcribe":
                // The name that 'info' gives stands for the host's default.
                await BeginAsync(new TranscriptionTask(client, writer, wyoming.Text("name") is { } name and not "default" ? name : null, wyoming.Text("language"))).ConfigureAwait(false);
                break;
            case "detect":
                await BeginAsync(new WakeTask(client, writer, KeywordsOf(wyoming))).ConfigureAwait(false);
                break;
            case "synthesize":
                await SayAsync(wyoming, cancellationToken).ConfigureAwait(false);
                break;
            case "audio-start":
                _shape = AudioShape.Of(wyoming);
                _failed = false;
                break;
            case "audio-chunk":
                await HearAsync(wyoming, cancellationToken).ConfigureAwait(false);
                break;
            case "audio-stop":
                await EndAsync(cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private async ValueTask BeginAsync(IAudioTask task)
    {
        await ForgetAsync().ConfigureAwait(false);
        (_task, _failed) = (task, false);
    }

    private async ValueTask HearAsync(WyomingEvent wyoming, CancellationToken cancellationToken)
    {
        // What comes after a failure belongs to what failed; it was told once.
        if (_failed || wyoming.Payload.IsEmpty) return;
        var shape = AudioShape.Of(wyoming);
        if (_shape is { } begun && begun != shape)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The audio changed from {begun.SampleRateHz} Hz, {begun.Channels} channels, {begun.Format} to {shape.SampleRateHz} Hz, {shape.Channels} channels, {shape.Format}. Send 'audio-stop' and 'audio-start' between.");
        }

        if (_task is null) await BeginAsync(new TranscriptionTask(client, writer, model: null, language: null)).ConfigureAwait(false);
        _shape = shape;
        await _task!.HearAsync(shape, wyoming.Payload, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        var (task, failed) = (_task, _failed);
        (_task, _shape, _failed) = (null, null, false);
        if (task is null || failed) return;
        await using (task.ConfigureAwait(false))
        {
            await task.EndAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask SayAsync(WyomingEvent wyoming, CancellationToken cancellationToken)
    {
        var text = wyoming.Text("text") ?? throw new EdgeHostException(ErrorCode.InvalidArgument, "The event 'synthesize' needs 'text'.");
        var voice = wyoming.Data["voice"] as JsonObject;
        var (name, speaker) = (TextOf(voice, "name"), TextOf(voice, "speaker"));
        await _speaker.SayAsync(text, name is not null && speaker is not null ? $"{name}#{speaker}" : name, TextOf(voice, "language"), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ForgetAsync()
    {
        var task = _task;
        (_task, _shape) = (null, null);
        if (task is not null) await task.DisposeAsync().ConfigureAwait(false);
    }

    private static string[]? KeywordsOf(WyomingEvent wyoming)
    {
        if (wyoming.Data["names"] is not JsonArray { Count: > 0 } names) return null;
        if (names.Count > MostKeywords) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The event 'detect' has {names.Count} names; at most {MostKeywords} are taken.");
        return [.. names.Select(static name => name is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw new EdgeHostException(ErrorCode.InvalidArgument, "The 'names' of 'detect' are no texts."))];
    }

    private static string? TextOf(JsonObject? data, string name) => data?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
