using System.Globalization;
using EdgeHost.Plugins.Recommendation.Engine;
using EdgeHost.Plugins.Recommendation.Engine.Serialization;
using EdgeHost.Plugins.Storage;

namespace EdgeHost.Plugins.Recommendation.Storage;

/// <summary>The files of a catalogue's models, one a version, in a folder beside its database. A file is written under another name, brought to the disk and renamed. Thread-safe.</summary>
internal sealed class ModelFiles(string folder)
{
    private const string Extension = ".model";

    /// <summary>Writes a version.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: it could not be written.</exception>
    public void Write(long version, RecommendationModel model)
    {
        var path = PathOf(version);
        try
        {
            PrivateFiles.EnsureFolder(folder);
            using (var file = PrivateFiles.Create($"{path}.new"))
            {
                ModelFile.Write(model, file);
                file.Flush(flushToDisk: true);
            }

            File.Move($"{path}.new", path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeHostException(ErrorCode.ResourceExhausted, $"The models could not be written; those that served serve on. Make room on the disk and build again: {e.Message}", e);
        }
    }

    /// <summary>Reads a version; null where there is no such file, or none that is whole.</summary>
    public RecommendationModel? TryRead(long version, Action<string> report, CancellationToken cancellationToken)
    {
        try
        {
            using var file = File.OpenRead(PathOf(version));
            return ModelFile.Read(file, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or EdgeHostException)
        {
            report(e.Message);
            return null;
        }
    }

    /// <summary>Deletes the folder.</summary>
    public void Delete()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    /// <summary>Deletes the files of all other versions, and what a build left that did not end.</summary>
    public void KeepOnly(IReadOnlyCollection<long> versions)
    {
        if (!Directory.Exists(folder)) return;
        var kept = versions.Select(PathOf).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            if (!kept.Contains(file)) File.Delete(file);
        }
    }

    private string PathOf(long version) => Path.Combine(folder, version.ToString(CultureInfo.InvariantCulture) + Extension);
}
