using System.Security.Cryptography;
using EdgeHost.Learning.Drift;
using EdgeHost.Learning.Examples;
using EdgeHost.Learning.Feedback;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Dispatch;

namespace EdgeHost.Host.Training;

/// <summary>Brings answers from the dispatcher to drift and journal. What a plugin reports is checked here: whatever is out of bounds is left out.</summary>
internal sealed class AnswerJournal(CallJournal journal, DriftMonitor drift) : ICallJournal
{
    private const int MostMeasures = DriftMonitor.MostMeasures - 1;
    private const int MaxMeasureLength = 64;
    private const int MaxLabelLength = 256;
    private const int MaxDatasetLength = 128;
    private const int MaxEncoderLength = 160;

    public string? Add(CapabilityInvocation call, IReadOnlyList<string> models, AnswerReport answer)
    {
        var model = models.Count == 0 ? null : models[^1];
        var confidence = answer.Confidence is >= 0 and <= 1 ? answer.Confidence : null;
        if (model is not null) Watch(model, confidence, answer);

        // Who does not learn the call's id cannot say anything about it.
        if (!call.WantsCallId) return null;
        return journal.Add(new AnsweredCall
        {
            Owner = ExampleOwner.Of(call.App),
            Method = call.Method,
            Dataset = DatasetOf(call.Method, answer),
            Model = model,
            RequestHash = SHA256.HashData(call.Body.Span),
            Kind = KindOf(answer.Kind),
            Input = answer.Input.ToArray(),
            Label = answer.Label is { Length: > 0 and <= MaxLabelLength } label ? label : null,
            Confidence = confidence,
        });
    }

    private static string? DatasetOf(string method, AnswerReport answer)
    {
        if (answer is { Kind: AnswerInputKind.Features, Encoder: { Length: > 0 and <= MaxEncoderLength } encoder }) return FeatureDatasets.NameOf(method, encoder);
        return answer.Dataset is { Length: > 0 and <= MaxDatasetLength } dataset ? dataset : null;
    }

    private void Watch(string model, double? confidence, AnswerReport answer)
    {
        if (confidence is { } sure) drift.Observe(model, DriftMonitor.Confidence, sure);
        foreach (var (name, value) in answer.Measures.Take(MostMeasures))
        {
            if (IsMeasure(name)) drift.Observe(model, name, value);
        }
    }

    private static bool IsMeasure(string name)
        => name.Length is > 0 and <= MaxMeasureLength && name != DriftMonitor.Confidence && name.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_');

    private static ExampleKind KindOf(AnswerInputKind kind) => kind switch
    {
        AnswerInputKind.Image => ExampleKind.Image,
        AnswerInputKind.Audio => ExampleKind.Audio,
        AnswerInputKind.Text => ExampleKind.Text,
        _ => ExampleKind.Features,
    };
}
