using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeHost.Host.Cli;
using EdgeHost.Host.Configuration;
using EdgeHost.Security;
using Microsoft.Extensions.Configuration;

namespace EdgeHost.Host.Apps;

/// <summary>
/// The rules that <c>edgehost apps</c> makes, in <c>apps.json</c> of the home folder: a piece of configuration with the section <c>Apps</c> alone, which comes
/// on top of the configuration file. Only its owner may read it; it is replaced as a whole.
/// </summary>
internal static class AppsFile
{
    private const string FileName = "apps.json";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string PathIn(string home) => Path.Combine(home, FileName);

    /// <summary>Reads and checks the file; null if there is none.</summary>
    /// <exception cref="UsageException">It is wrong.</exception>
    public static HostConfiguration? Load(string home) => File.Exists(PathIn(home)) ? HostConfiguration.Load(PathIn(home)) : null;

    /// <summary>Puts what a file says on top of options.</summary>
    public static void Bind(HostConfiguration file, AppsOptions options) => file.Root.GetSection(AppsOptions.SectionName).Bind(options);

    /// <summary>The rules of both files together, checked.</summary>
    /// <param name="configuration">The configuration file, or null.</param>
    /// <param name="home">The home folder.</param>
    /// <exception cref="UsageException">One of the files is wrong; the message has every problem.</exception>
    public static AppsOptions Read(HostConfiguration? configuration, string home)
    {
        var options = new AppsOptions();
        if (configuration is not null) Bind(configuration, options);
        if (Load(home) is { } file) Bind(file, options);
        var result = new AppsOptionsValidator().Validate(null, options);
        return result.Succeeded ? options : throw new UsageException(string.Join(Environment.NewLine, result.Failures!));
    }

    /// <summary>Changes the rules in the file and writes it.</summary>
    /// <param name="configuration">The configuration file, with which the result must agree; or null.</param>
    /// <param name="home">The home folder.</param>
    /// <param name="change">Changes the rules, by name.</param>
    /// <exception cref="UsageException">The file is wrong, or would be.</exception>
    public static void Change(HostConfiguration? configuration, string home, Action<JsonObject> change)
    {
        var path = PathIn(home);
        Load(home);
        var root = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path))!.AsObject() : [];
        if (root[AppsOptions.SectionName] is not JsonObject apps) root[AppsOptions.SectionName] = apps = [];
        if (apps[nameof(AppsOptions.Rules)] is not JsonObject rules) apps[nameof(AppsOptions.Rules)] = rules = [];
        change(rules);
        Directory.CreateDirectory(home);
        var draft = $"{path}.{Environment.ProcessId}";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var writer = new StreamWriter(draft, options)) writer.Write(root.ToJsonString(Indented) + "\n");
            Check(configuration, draft);
            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static void Check(HostConfiguration? configuration, string draft)
    {
        var options = new AppsOptions();
        if (configuration is not null) Bind(configuration, options);
        try
        {
            Bind(HostConfiguration.Load(draft), options);
        }
        catch (UsageException e)
        {
            throw new UsageException(e.Message.Replace(draft, "The change", StringComparison.Ordinal));
        }

        var result = new AppsOptionsValidator().Validate(null, options);
        if (result.Failed) throw new UsageException(string.Join(Environment.NewLine, result.Failures!));
    }
}
