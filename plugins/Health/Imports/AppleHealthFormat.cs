using System.Globalization;
using System.Xml;
using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Imports;

/// <summary>
/// The <c>export.xml</c> of Apple Health, read as a stream. Its DTD is passed over and never processed: no entity is expanded and nothing outside is read.
/// </summary>
internal sealed class AppleHealthFormat : IImportFormat
{
    private const string Prefix = "HKQuantityTypeIdentifier";
    private const int MostDepth = 32;

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["HeartRate"] = "heart_rate",
        ["RestingHeartRate"] = "resting_heart_rate",
        ["HeartRateVariabilitySDNN"] = "hrv_sdnn",
        ["BloodPressureSystolic"] = "systolic",
        ["BloodPressureDiastolic"] = "diastolic",
        ["BloodGlucose"] = "glucose",
        ["OxygenSaturation"] = "spo2",
        ["RespiratoryRate"] = "respiratory_rate",
        ["BodyTemperature"] = "temperature",
        ["BodyMass"] = "weight",
        ["StepCount"] = "steps",
    };

    public IEnumerable<HealthSample> Read(Stream data, Action skipped)
    {
        using var xml = Open(data);
        var isExport = false;
        while (Next(xml))
        {
            if (xml.Depth > MostDepth) throw Invalid($"it is nested deeper than {MostDepth} levels");
            if (xml.NodeType != XmlNodeType.Element) continue;
            isExport |= xml.Name == "HealthData";
            if (!isExport) throw Invalid($"its root is '{xml.Name}', not HealthData");

            // Records within a correlation, such as both halves of a blood pressure, are there a second time outside of it.
            if (xml.Name != "Record" || xml.Depth != 1) continue;
            if (Sample(xml) is { } sample) yield return sample;
            else skipped();
        }

        if (!isExport) throw Invalid("it is empty");
    }

    // The first bytes are read here already, as they tell the encoding.
    private static XmlReader Open(Stream data)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, IgnoreWhitespace = true, IgnoreComments = true, MaxCharactersFromEntities = 1024 };
        try
        {
            return XmlReader.Create(data, settings);
        }
        catch (XmlException e)
        {
            throw Damaged(e);
        }
    }

    private static bool Next(XmlReader xml)
    {
        try
        {
            return xml.Read();
        }
        catch (XmlException e)
        {
            throw Damaged(e);
        }
    }

    private static EdgeHostException Damaged(XmlException e) => new(ErrorCode.InvalidArgument, $"The Apple Health export is damaged or truncated at line {e.LineNumber}.", e);

    private static HealthSample? Sample(XmlReader xml)
    {
        var type = xml.GetAttribute("type") ?? "";
        if (!type.StartsWith(Prefix, StringComparison.Ordinal) || !Types.TryGetValue(type[Prefix.Length..], out var name)) return null;
        if (!double.TryParse(xml.GetAttribute("value"), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value)) throw Invalid($"a {name} has the value '{xml.GetAttribute("value")}'");
        var (time, offset) = ImportTime.Parse(xml.GetAttribute("startDate") ?? "") ?? throw Invalid($"a {name} has the start '{xml.GetAttribute("startDate")}'");
        var unit = xml.GetAttribute("unit") ?? "";

        // Apple writes shares of one as "%".
        return new HealthSample { Type = name, Value = value, Unit = name == "spo2" && unit == "%" && value <= 1 ? "1" : unit, Time = time, UtcOffsetMinutes = offset, Source = xml.GetAttribute("sourceName") };
    }

    private static EdgeHostException Invalid(string problem) => new(ErrorCode.InvalidArgument, $"The Apple Health export is none: {problem}.");
}
