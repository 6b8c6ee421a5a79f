using System.Text.Json;
using System.Text.Unicode;

namespace EdgeHost.PluginHost.Manifests;

/// <summary>
/// Reads <c>plugin.json</c>. Strict, so that a typing error is seen where it was made: an unknown key is a problem that names the
/// nearest known one, and all problems are reported at once. Any bytes give a reading, never an exception.
/// </summary>
internal sealed class PluginManifestReader
{
    private static readonly string[] Keys =
    [
        "id", "version", "contract", "entry", "summary", "capabilities", "models", "tasks", "calls", "permissions", "personalisation", "isolation", "settings",
    ];

    // A plugin that finds models by their task, or calls other plugins, cannot run where the contract does not have that.
    private static readonly ContractVersion ContractOfTasks = new(1, 3);

    private static readonly string[] RequiredKeys = ["id", "version", "contract", "entry", "capabilities"];

    private readonly List<ManifestProblem> _problems = [];
    private string? _id;
    private string? _version;

    private PluginManifestReader()
    {
    }

    /// <summary>Reads a folder's manifest, never more than the limit of it.</summary>
    public static ManifestReading ReadFolder(string folder)
    {
        try
        {
            using var file = new FileStream(Path.Combine(folder, PluginManifest.FileName), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var buffer = new byte[ManifestLimits.FileBytes + 1];
            var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return Read(buffer.AsMemory(0, length));
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return new ManifestReading(null, [new ManifestProblem("$", $"the file cannot be read ({ex.GetType().Name})")], null, null);
        }
    }

    public static ManifestReading Read(ReadOnlyMemory<byte> utf8)
    {
        var reader = new PluginManifestReader();
        var manifest = reader.ReadDocument(utf8);
        return new ManifestReading(reader._problems.Count == 0 ? manifest : null, reader._problems, reader._id, reader._version);
    }

    private PluginManifest? ReadDocument(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > ManifestLimits.FileBytes)
        {
            Report("$", $"the file is larger than {ManifestLimits.FileBytes} bytes");
            return null;
        }

        if (utf8.Span.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        if (!Utf8.IsValid(utf8.Span))
        {
            Report("$", "the file is not UTF-8 text");
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions
            {
                MaxDepth = ManifestLimits.Depth,
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
            });
            return ReadRoot(document.RootElement);
        }
        catch (JsonException ex)
        {
            Report("$", $"not valid JSON (line {ex.LineNumber + 1}, byte {ex.BytePositionInLine + 1})");
        }
        catch (InvalidOperationException)
        {
            // The parser accepts an escaped half of a surrogate pair and only fails when the text is taken out.
            Report("$", "a text holds half of a surrogate pair, which is no character");
        }

        return null;
    }

    private PluginManifest? ReadRoot(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            Report("$", "a JSON object was expected");
            return null;
        }

        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
        {
            var shown = member.Name.Length <= 64 ? member.Name : member.Name[..64] + "…";
            if (!Keys.Contains(member.Name, StringComparer.Ordinal))
            {
                var nearest = NearestNames.FindOne(member.Name, Keys);
                Report($"$.{shown}", nearest is null ? $"unknown key; known are {string.Join(", ", Keys)}" : $"unknown key; did you mean '{nearest}'?");
            }
            else if (!values.TryAdd(member.Name, member.Value))
            {
                Report($"$.{shown}", "given twice");
            }
        }

        foreach (var key in RequiredKeys)
        {
            if (!values.ContainsKey(key)) Report($"$.{key}", "missing");
        }

        return ReadMembers(values);
    }

    private PluginManifest ReadMembers(Dictionary<string, JsonElement> values)
    {
        _id = ReadText(values, "id", ManifestNames.IsId, "words of a-z 0-9 _ - joined by dots, a letter first, at most 128 characters");
        if (_id is "host" or "edgehost") Report("$.id", $"'{_id}' is the host's own name");
        _version = ReadText(values, "version", ManifestNames.IsVersion, "major.minor.patch, optionally followed by -suffix");
        var contract = ReadText(values, "contract", text => ContractVersion.TryParse(text, out _), "major.minor");
        _ = ContractVersion.TryParse(contract, out var contractVersion);
        var entry = ReadText(values, "entry", ManifestNames.IsAssemblyFile, "the plain name of a .dll file in the plugin's folder");
        var summary = ReadText(values, "summary", text => text.Length <= ManifestLimits.SummaryLength, $"a sentence of at most {ManifestLimits.SummaryLength} characters");
        var isolation = ReadText(values, "isolation", text => text is PluginManifest.InProcess or PluginManifest.OwnProcess, $"'{PluginManifest.InProcess}' or '{PluginManifest.OwnProcess}'");
        var methods = ReadNames(values, "capabilities", ManifestLimits.Capabilities, ManifestNames.IsMethod, "two or more words of a-z 0-9 _ joined by dots");
        if (methods.Count == 0 && values.TryGetValue("capabilities", out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == 0)
        {
            Report("$.capabilities", "a plugin offers at least one");
        }

        foreach (var method in methods.Where(method => method.StartsWith("host.", StringComparison.Ordinal)))
        {
            Report("$.capabilities", $"'{method}': methods that begin with 'host.' belong to the host");
        }

        var models = ReadNames(values, "models", ManifestLimits.Models, ManifestNames.IsName, "words of a-z 0-9 _ - joined by dots");
        var tasks = ReadNames(values, "tasks", ManifestLimits.Tasks, ManifestNames.IsName, "words of a-z 0-9 _ - joined by dots");
        var calls = ReadNames(values, "calls", ManifestLimits.Calls, ManifestNames.IsMethod, "two or more words of a-z 0-9 _ joined by dots");
        foreach (var (key, count) in (ReadOnlySpan<(string, int)>)[("tasks", tasks.Count), ("calls", calls.Count)])
        {
            if (count > 0 && contract is not null && contractVersion.Major == ContractOfTasks.Major && contractVersion.Minor < ContractOfTasks.Minor)
            {
                Report($"$.{key}", $"needs the contract {ContractOfTasks}; $.contract says {contractVersion}");
            }
        }

        foreach (var call in calls.Where(call => call.StartsWith("host.", StringComparison.Ordinal) || methods.Contains(call)))
        {
            Report("$.calls", methods.Contains(call) ? $"'{call}' is the plugin's own capability" : $"'{call}': plugins do not call methods of the host");
        }

        return new PluginManifest
        {
            Id = _id ?? string.Empty,
            Version = _version ?? string.Empty,
            Contract = contractVersion,
            Entry = entry ?? string.Empty,
            Summary = summary ?? string.Empty,
            Capabilities = methods,
            Models = models,
            Tasks = tasks,
            Calls = calls,
            Permissions = ReadNames(values, "permissions", ManifestLimits.Permissions, ManifestNames.IsName, "words of a-z 0-9 _ - joined by dots"),
            Personalisations = values.TryGetValue("personalisation", out var wanted) ? ManifestPersonalisations.Read(wanted, methods, models, Report) : [],
            Isolation = isolation ?? PluginManifest.InProcess,
            Settings = ReadSettings(values),
        };
    }

    private Dictionary<string, string> ReadSettings(Dictionary<string, JsonElement> values)
    {
        if (!values.TryGetValue("settings", out var settings)) return [];
        if (settings.ValueKind == JsonValueKind.Object) return ManifestSettings.Flatten(settings, Report);
        Report("$.settings", "an object was expected");
        return [];
    }

    private string? ReadText(Dictionary<string, JsonElement> values, string key, Func<string, bool> isValid, string expected)
    {
        if (!values.TryGetValue(key, out var value)) return null;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && isValid(text)) return text;
        Report($"$.{key}", $"expected {expected}");
        return null;
    }

    private HashSet<string> ReadNames(Dictionary<string, JsonElement> values, string key, int limit, Func<string, bool> isValid, string expected)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (!values.TryGetValue(key, out var list)) return names;
        if (list.ValueKind != JsonValueKind.Array)
        {
            Report($"$.{key}", "an array of strings was expected");
            return names;
        }

        if (list.GetArrayLength() > limit)
        {
            Report($"$.{key}", $"at most {limit} entries are allowed");
            return names;
        }

        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            var path = $"$.{key}[{index++}]";
            if (item.ValueKind != JsonValueKind.String || item.GetString() is not { } name || !isValid(name)) Report(path, $"expected {expected}");
            else if (!names.Add(name)) Report(path, $"'{name}' is listed twice");
        }

        return names;
    }

    private void Report(string path, string message)
    {
        if (_problems.Count < ManifestLimits.Problems) _problems.Add(new ManifestProblem(path, message));
    }
}
