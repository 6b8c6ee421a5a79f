using EdgeHost.PluginSdk;

namespace EdgeHost.Runtime.Dispatch;

/// <summary>Keeps answers that apps may give feedback on. Called on the way of an answer: thread-safe, without waiting and without failing.</summary>
public interface ICallJournal
{
    /// <summary>Takes an answer.</summary>
    /// <param name="call">The call; its body and the answer's input are copied if they are kept.</param>
    /// <param name="models">The models it leased, as <c>id@version</c>.</param>
    /// <param name="answer">What its handler says of the answer.</param>
    /// <returns>The call's id for feedback, or null if there is none: nobody asked for it, or too many wait to be written.</returns>
    string? Add(CapabilityInvocation call, IReadOnlyList<string> models, AnswerReport answer);
}
