using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Access;
using EdgeHost.Plugins.Health.Journal;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Signals.Glucose;
using EdgeHost.Plugins.Health.Signals.Units;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Summaries;

/// <summary>Serves <c>health.forecast_glucose</c>.</summary>
[Capability(HealthMethods.ForecastGlucose, Summary = "Forecasts a person's glucose 30 minutes ahead, with an interval, beside the last value.", Example = """{"person":"self"}""")]
internal sealed class ForecastGlucoseHandler(SampleReader reader, GlucoseMemory memory, HealthOptions options, TimeProvider time)
    : CapabilityHandler<ForecastGlucoseRequest, ForecastGlucoseResponse>
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(GlucoseForecaster.SlotMinutes * GlucoseForecaster.Ahead);

    public override async ValueTask<ForecastGlucoseResponse> HandleAsync(ForecastGlucoseRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        PersonName.Check(request.Person);
        var learnt = request.Samples is { } given ? Given(given, cancellationToken) : await KeptAsync(request.Person, context, cancellationToken).ConfigureAwait(false);
        if (learnt.Forecaster.Forecast() is not { } forecast)
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"A forecast needs the glucose of the last hour, {GlucoseForecaster.Needed} readings five minutes apart without a hole; the readings do not have it.");
        double Shown(double value) => UnitTable.FromKept(HealthQuantity.Glucose, value, request.Unit);
        return new ForecastGlucoseResponse
        {
            Value = Shown(forecast.Value),
            Low = Shown(forecast.Low),
            High = Shown(forecast.High),
            Unit = request.Unit,
            Time = learnt.LastTime + (long)Ahead.TotalMilliseconds,
            LastValue = Shown(learnt.LastValue),
            LastTime = learnt.LastTime,
            Examples = forecast.Examples,
        };
    }

    private LearntGlucose Given(IReadOnlyList<HealthSample> given, CancellationToken cancellationToken)
    {
        if (given.FirstOrDefault(static sample => sample.Type != SampleTypes.Glucose.Name) is { } other) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The samples have '{other.Type}'; a forecast takes glucose alone.");
        var (samples, flagged) = reader.Read(given, options.Language);
        if (flagged.Count > 0) throw new EdgeHostException(ErrorCode.InvalidArgument, $"samples[{flagged[0].Index}]: {flagged[0].Text}");
        var learnt = LearntGlucose.Nothing;
        foreach (var sample in samples.OrderBy(static sample => sample.Time))
        {
            cancellationToken.ThrowIfCancellationRequested();
            learnt = learnt.Take(sample);
        }

        return learnt;
    }

    private async Task<LearntGlucose> KeptAsync(string person, CapabilityContext context, CancellationToken cancellationToken)
    {
        DataGrants.CheckRead(context, SampleTypes.Glucose.Name);
        var learnt = await memory.LearnAsync(person, context, cancellationToken).ConfigureAwait(false);
        if (learnt.LastTime > long.MinValue && time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(learnt.LastTime) is var age && age >= Ahead)
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The newest glucose is {age.TotalMinutes:0} minutes old; a forecast of 30 minutes from it lies in the past. Record newer readings.");
        return learnt;
    }
}
