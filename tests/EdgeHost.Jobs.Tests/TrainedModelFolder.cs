using System.Collections.Concurrent;
using System.Globalization;
using EdgeHost.Jobs.Results;
using EdgeHost.Learning.Examples;

namespace EdgeHost.Jobs.Tests;

/// <summary>
/// Trained models in a folder, <c>app~user/model/version</c>; the newest serves. Thread-safe.
/// </summary>
internal sealed class TrainedModelFolder(string root) : ITrainedModelSink, ITrainedModels
{
    private const string Prefix = "1.0.0-local.";
    private const string LineageFile = "lineage.json";

    private readonly ConcurrentDictionary<string, TrainedModelFiles> _known = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>What was added, the newest last.</summary>
    public List<TrainedModel> Added { get; } = [];

    public Task<string> AddAsync(TrainedModel model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) Added.Add(model);
        return Task.FromResult(Add(model));
    }

    public ValueTask<TrainedModelFiles?> FindAsync(ExampleOwner owner, string name, string? version, CancellationToken cancellationToken) => new(Find(owner, name, version));

    private TrainedModelFiles? Find(ExampleOwner owner, string name, string? version)
    {
        ArgumentNullException.ThrowIfNull(name);
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
        var folder = Path.Combine(OwnerFolder(model.Owner), model.Name);
        lock (_gate)
        {
            try
            {
                Directory.CreateDirectory(folder);
                var numbers = NumbersIn(folder);
                var version = $"{Prefix}{(numbers.Count == 0 ? 1 : numbers[^1] + 1)}";
                File.WriteAllText(Path.Combine(model.Folder, LineageFile), model.Lineage);
                Directory.Move(model.Folder, Path.Combine(folder, version));
                return version;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new EdgeHostException(ErrorCode.ResourceExhausted, $"The trained model '{model.Name}' could not be kept: {e.Message}", e);
            }
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
    private string OwnerFolder(ExampleOwner owner) => Path.Combine(root, $"app.{owner.App}~{owner.UserId.ToString(CultureInfo.InvariantCulture)}");
}
