using System.Text;
using EdgeHost.Plugins.Health.Imports;

namespace EdgeHost.Fuzz.Targets;

/// <summary>A file of readings as <c>health.import</c> takes it, in one of its formats.</summary>
internal sealed class HealthFileTarget : IFuzzTarget
{
    public const string Csv = "health-csv";
    public const string Fhir = "health-fhir";
    public const string AppleHealth = "health-apple";
    public const string OpenMhealth = "health-open-mhealth";

    private static readonly string[] Numbers = ["72", "-1", "0", "1e308", "1e999", "-1e-320", "5.5", "184"];

    // Texts that are no Unicode, in JSON and in bytes; an annotation of a unit, longer than any.
    private static readonly string[] Texts = ["\"", "\\ud800", "\\u0000", "\"mg/dL\"", "\"mmol/L\"", "\"beats/min\"", "/min", "mm[Hg]", "kPa", $"/min{{{new string('x', 300)}}}"];
    private static readonly string[] Times = ["2026-03-01T08:00:00+01:00", "2026-03-01T08:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1770000000000", "-9223372036854775808", "2026-03-01"];
    private static readonly string[] Json = ["{", "}", "[", "]", ",", ":", "null", "true", "{}", "[]"];

    private static readonly Dictionary<string, (Func<IImportFormat> Make, string[] Words)> Formats = new(StringComparer.Ordinal)
    {
        [Csv] = (static () => new CsvFormat(), ["type,value,unit,time\n", "time,source,unit,value,type\n", "glucose,5.5,mmol/L,2026-03-01T08:00:00Z\n", "heart_rate", "steps", "sleep", ",", "\n", "\r\n", "\"\"", "\ufeff"]),
        [Fhir] = (
            static () => new FhirFormat(),
            [
                .. Json, "\"resourceType\":\"Bundle\"", "\"resourceType\":\"Observation\"", "\"entry\":[{\"resource\":", "\"status\":\"final\"", "\"status\":\"entered-in-error\"",
                "\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"8867-4\"}]}", "\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"2339-0\"}]}", "\"component\":[", "\"device\":{\"display\":\"d\"}",
                "\"effectiveDateTime\":\"2026-03-01T08:00:00Z\"", "\"valueQuantity\":{\"value\":72,\"code\":\"/min\"}", "\"value\":",
            ]),
        [AppleHealth] = (
            static () => new AppleHealthFormat(),
            [
                "<HealthData>", "</HealthData>", "<HealthData/>", "<Record type=\"HKQuantityTypeIdentifierHeartRate\" unit=\"count/min\" value=\"72\" startDate=\"2026-03-01 08:00:00 +0100\"/>",
                "<Record type=\"HKQuantityTypeIdentifierOxygenSaturation\" unit=\"%\" value=\"0.97\" startDate=\"2026-03-01 08:00:00 +0100\" sourceName=\"w\"/>", "<Correlation>", "</Correlation>", "<?xml version=\"1.0\" encoding=\"utf-7\"?>",
                "<?xml version=\"1.0\" encoding=\"utf-16\"?>", "<?xml version=\"1.0\" encoding=\"shift_jis\"?>", "<!DOCTYPE HealthData [<!ENTITY a \"aaaa\">]>", "&a;", "&#0;", "&#x10FFFF;", "<![CDATA[", "]]>", "<!--", "-->", "\ufeff",
            ]),
        [OpenMhealth] = (
            static () => new OpenMhealthFormat(),
            [
                .. Json, "\"header\":{\"schema_id\":{\"name\":\"heart-rate\"}}", "\"header\":{\"schema_id\":{\"name\":\"blood-pressure\"},\"acquisition_provenance\":{\"source_name\":\"s\"}}",
                "\"header\":{\"schema_id\":{\"name\":\"step-count\"}}", "\"header\":{\"schema_id\":{\"name\":\"calories-burned\"}}", "\"body\":{", "\"heart_rate\":{\"value\":72,\"unit\":\"beats/min\"}", "\"step_count\":1e999",
                "\"systolic_blood_pressure\":{\"value\":120,\"unit\":\"mmHg\"}", "\"diastolic_blood_pressure\":{\"value\":80,\"unit\":\"mmHg\"}", "\"effective_time_frame\":{\"date_time\":\"2026-03-01T08:00:00Z\"}",
                "\"effective_time_frame\":{\"time_interval\":{\"end_date_time\":\"2026-03-01T08:00:00Z\",\"duration\":{\"value\":1,\"unit\":\"d\"}}}", "\"time_interval\":{\"date\":\"2026-03-01\",\"part_of_day\":\"morning\"}",
                "\"descriptive_statistic\":\"average\"",
            ]),
    };

    private readonly Func<IImportFormat> _make;
    private readonly ReadingCheck _check = new();

    public HealthFileTarget(string name)
    {
        (_make, var words) = Formats[name];
        Name = name;
        Tokens = [.. words.Concat(Numbers).Concat(Texts).Concat(Times).Select(Encoding.UTF8.GetBytes), [0xff], [0xc3, 0x28], [0xff, 0xfe], [0xfe, 0xff]];
    }

    /// <summary>The names of all formats.</summary>
    public static IReadOnlyList<string> Names { get; } = [Csv, Fhir, AppleHealth, OpenMhealth];

    public string Name { get; }

    public IReadOnlyList<byte[]> Tokens { get; }

    public ValueTask<IReadOnlyCollection<string>> RunAsync(byte[] input) => ValueTask.FromResult(ImportAttempt.Run(() =>
    {
        var skipped = 0;
        using var data = new MemoryStream(input, writable: false);
        var samples = _make().Read(data, () => skipped++).ToList();
        if (samples.Count + skipped > input.Length) throw new FuzzException($"{input.Length} bytes have {samples.Count} readings and {skipped} other entries.");
        return [.. _check.Run(samples), $"{Behaviour.Of(skipped)} skipped"];
    }));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
