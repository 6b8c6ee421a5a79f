using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using EdgeHost.Learning.Examples;
using Microsoft.Extensions.Options;

namespace EdgeHost.Jobs.Results;

/// <summary>
/// The newest versions of trained models in a folder: <c>app~user/model/version</c>. A version appears by a rename, so there is never half of one; the oldest
/// beyond a number are removed. Thread-safe.
/// </summary>
internal sealed class TrainedModelFolder(IOptions<JobOptions> options) : ITrainedModelSink, ITrainedModels
{
    private const string Prefix = "1.0.0-local.";
    private const string LineageFile = "lineage.json";

    private readonly ConcurrentDictionary<string, TrainedModelFiles> _known = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public Task<string> AddAsync(TrainedModel model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Add(model));
    }

    public TrainedModelFiles? Find(ExampleOwner owner, string name, string? version = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!Specs.JobSpecReader.IsName(name)) return null;
        var folder = Path.Combine(OwnerFolder(owner), name);
        if (version is null)
        {
            if (!Directory.Exists(folder) || NumbersIn(folder) is not [.., var newest]) return null;
            version = $"{Prefix}{newest}";
        }
        else if (!version.StartsWith(Prefix, StringComparison.Ordinal) || !long.TryParse(version.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return null;
        }

        var path = Path.Combine(folder, version);
        if (_known.TryGetValue(path, out var known)) return known;
        var card = Path.Combine(path, TrainedModelFiles.CardFile);
        if (!File.Exists(card) || TrainedModelCard.TryParse(File.ReadAllText(card)) is not { } read) return null;
        return _known[path] = new TrainedModelFiles(owner, name, version, path, read);
    }

    private string Add(TrainedModel model)
    {
        var ofApp = OwnerFolder(model.Owner);
        var folder = Path.Combine(ofApp, model.Name);
        lock (_gate)
        {
            try
            {
                if (!Directory.Exists(folder) && Directory.Exists(ofApp) && Directory.GetDirectories(ofApp).Length >= options.Value.MaxAppModels)
                {
                    throw new EdgeHostException(
                        ErrorCode.ResourceExhausted, $"The app has {options.Value.MaxAppModels} trained models, the most it may have ({JobOptions.SectionName}:{nameof(JobOptions.MaxAppModels)}); train under the name of one of them.");
                }

                Directory.CreateDirectory(folder);
                var numbers = NumbersIn(folder);
                if (numbers is [.., var newest] && JobOf(Path.Combine(folder, $"{Prefix}{newest}")) == model.Job)
                {
                    // The host ended after it was added and before that was noted.
                    Directory.Delete(model.Folder, recursive: true);
                    return $"{Prefix}{newest}";
                }

                var version = $"{Prefix}{(numbers.Count == 0 ? 1 : numbers[^1] + 1)}";
                File.WriteAllText(Path.Combine(model.Folder, LineageFile), model.Lineage);
                Directory.Move(model.Folder, Path.Combine(folder, version));
                foreach (var old in numbers.Take(numbers.Count + 1 - options.Value.KeptVersions))
                {
                    var path = Path.Combine(folder, $"{Prefix}{old}");
                    Directory.Delete(path, recursive: true);
                    _known.TryRemove(path, out _);
                }

                return version;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new EdgeHostException(ErrorCode.ResourceExhausted, $"The trained model '{model.Name}' could not be kept: {e.Message}", e);
            }
        }
    }

    private static string? JobOf(string version)
    {
        var path = Path.Combine(version, LineageFile);
        if (!File.Exists(path)) return null;
        try
        {
            using var lineage = JsonDocument.Parse(File.ReadAllText(path));
            return lineage.RootElement.TryGetProperty("job", out var job) ? job.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<long> NumbersIn(string folder)
        =>
        [
            .. Directory.EnumerateDirectories(folder, $"{Prefix}*").Select(Path.GetFileName)
                .Select(static name => long.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
                .Where(static number => number > 0).Order(),
        ];

    // Names of apps have no ~, so that no two owners share a folder; one that begins with a point would leave it.
    private string OwnerFolder(ExampleOwner owner) => Path.Combine(options.Value.ModelFolder, $"app.{owner.App}~{owner.UserId.ToString(CultureInfo.InvariantCulture)}");
}
