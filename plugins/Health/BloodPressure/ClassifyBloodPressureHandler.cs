using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Findings;
using EdgeHost.Plugins.Health.Texts;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.BloodPressure;

/// <summary>Serves <c>health.classify_blood_pressure</c>.</summary>
[Capability(
    HealthMethods.ClassifyBloodPressure,
    Summary = "Averages readings of blood pressure and puts them into the categories of a guideline.",
    Example = """{"readings":[{"systolic":128,"diastolic":79},{"systolic":17.2,"diastolic":10.6,"unit":"kPa"}],"scheme":"acc_aha2017"}""")]
internal sealed class ClassifyBloodPressureHandler(PressureCheck check, FindingWriter writer, HealthOptions options)
    : CapabilityHandler<ClassifyBloodPressureRequest, ClassifyBloodPressureResponse>
{
    public override ValueTask<ClassifyBloodPressureResponse> HandleAsync(ClassifyBloodPressureRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        if (request.Readings is not { Count: > 0 } readings) throw new EdgeHostException(ErrorCode.InvalidArgument, "There is no reading; give at least one in 'readings'.");
        var language = HealthTexts.LanguageOf(request.Language, options.Language);
        var scheme = request.Scheme ?? options.BloodPressureScheme;
        var (plausible, flagged) = check.Check(readings, language);
        if (plausible.Count == 0)
            return ValueTask.FromResult(new ClassifyBloodPressureResponse { Category = BloodPressureCategory.CannotTell, Scheme = scheme, Findings = [], Flagged = flagged });

        var average = PressureAverager.Average(plausible, TimeSpan.FromMinutes(options.OccasionMinutes));
        var category = PressureTable.Classify(average.Systolic, average.Diastolic, scheme, request.Setting);
        return ValueTask.FromResult(new ClassifyBloodPressureResponse
        {
            Category = category,
            Scheme = scheme,
            Average = average,
            Findings = PressureFindings.Of(plausible, average, category, scheme, writer, language),
            Flagged = flagged,
        });
    }
}
