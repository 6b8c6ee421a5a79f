using EdgeHost.Plugins.Speech.Conversation;

namespace EdgeHost.Plugins.Speech.Tests.Conversation;

/// <summary>Hears what a script says, a block of sound at a time: <c>.</c> silence, <c>s</c> speech, <c>p</c> unfinished text, <c>S</c> what was said.</summary>
internal sealed class ScriptedTurn(Queue<char> script) : ITurnListener
{
    public ValueTask<TurnHeard> HearAsync(ReadOnlyMemory<float> samples, CancellationToken cancellationToken) => new((script.Count == 0 ? '.' : script.Dequeue()) switch
    {
        's' => new TurnHeard(IsSpeaking: true),
        'p' => new TurnHeard(IsSpeaking: true, Partial: "unfin"),
        'S' => new TurnHeard(IsSpeaking: false, Said: "unfinished"),
        _ => new TurnHeard(IsSpeaking: false),
    });

    public ValueTask<TurnHeard> FinishAsync(CancellationToken cancellationToken) => HearAsync(default, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
