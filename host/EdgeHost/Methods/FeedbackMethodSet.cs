using EdgeHost.Capabilities.Training;
using EdgeHost.Learning.Drift;
using EdgeHost.Learning.Examples;
using EdgeHost.Learning.Feedback;
using WireDriftState = EdgeHost.Capabilities.Training.DriftState;

namespace EdgeHost.Host.Methods;

/// <summary><c>feedback</c> on answers, and <c>training.drift</c>, which shows what models have met since they were new.</summary>
internal sealed class FeedbackMethodSet(CallJournal journal, DriftMonitor drift)
{
    public IEnumerable<HostMethod> Create()
    {
        yield return HostMethod.UnaryOfApp<FeedbackRequest, FeedbackResponse>(
            TrainingMethods.Feedback,
            "Says how good an answer was; what would have been right joins the app's examples, with the owner's consent.",
            """{"call":"0123456789abcdef","label":"positive"}""",
            GiveAsync);
        yield return HostMethod.Unary<DriftRequest, DriftResponse>(
            TrainingMethods.Drift, "Shows how confidence and inputs of models have changed since each version was new, and what feedback says.", "{}", ReadAsync);
    }

    private async ValueTask<FeedbackResponse> GiveAsync(FeedbackRequest request, AppIdentity app, CancellationToken cancellationToken)
    {
        var note = new FeedbackNote(request.Correct, request.Label, request.Rating);
        var result = await journal.GiveAsync(ExampleOwner.Of(app), request.Call, note, cancellationToken).ConfigureAwait(false);
        return new FeedbackResponse { Method = result.Method, Model = result.Model, Dataset = result.Dataset, Reason = result.Reason };
    }

    private async ValueTask<DriftResponse> ReadAsync(DriftRequest request, CancellationToken cancellationToken)
    {
        var measures = (await drift.ReadAsync(cancellationToken).ConfigureAwait(false)).ToLookup(static reading => reading.Model, StringComparer.Ordinal);
        var feedback = (await journal.SummariseAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(static entry => entry.Model, StringComparer.Ordinal);
        var models = measures.Select(static group => group.Key).Union(feedback.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return new DriftResponse
        {
            Models =
            [
                .. from model in models
                   where request.Model is null || request.Model == model || model.StartsWith($"{request.Model}@", StringComparison.Ordinal)
                   let said = feedback.GetValueOrDefault(model)
                   select new ModelDrift
                   {
                       Model = model,
                       Measures = [.. measures[model].Select(Describe)],
                       Correct = said?.Correct ?? 0,
                       Wrong = said?.Wrong ?? 0,
                       Rating = said?.Rating,
                   },
            ],
        };
    }

    private static MeasureDrift Describe(DriftReading reading)
        => new() { Measure = reading.Measure, Calls = reading.Calls, Index = reading.Index, State = (WireDriftState)reading.State };
}
