using System.Xml.Linq;
using EdgeHost.TestKit;

namespace EdgeHost.Architecture.Tests;

/// <summary>A project as its file says: where it is and what it refers to.</summary>
internal sealed record ProjectFile(string Name, string Role, string Path, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    public static IReadOnlyList<ProjectFile> All { get; } = ReadAll();

    public static ProjectFile Get(string name) => All.Single(p => p.Name == name);

    private static List<ProjectFile> ReadAll()
        => [.. new[] { "sdk", "host", "plugins", "samples", "tests" }
            .Select(role => (role, folder: System.IO.Path.Combine(Repository.Root, role)))
            .Where(x => Directory.Exists(x.folder))
            .SelectMany(x => Directory.EnumerateFiles(x.folder, "*.csproj", SearchOption.AllDirectories)
                .Where(path => !path.Contains("node_modules", StringComparison.Ordinal))
                .Select(path => Read(x.role, path)))];

    private static ProjectFile Read(string role, string path)
    {
        var xml = XDocument.Load(path);
        return new ProjectFile(
            System.IO.Path.GetFileNameWithoutExtension(path),
            role,
            path,
            [.. Includes(xml, "ProjectReference").Where(r => r.Runtime).Select(r => System.IO.Path.GetFileNameWithoutExtension(r.Include.Replace('\\', '/')))],
            [.. Includes(xml, "PackageReference").Select(r => r.Include)]);
    }

    // A reference that only orders the build (plugins laid out with the host, a source generator) is not an arrow.
    private static IEnumerable<(string Include, bool Runtime)> Includes(XDocument xml, string item)
        => from element in xml.Descendants(item)
           let include = (string?)element.Attribute("Include")
           where include is not null
           let referenced = (string?)element.Attribute("ReferenceOutputAssembly") ?? element.Element("ReferenceOutputAssembly")?.Value
           select (include, referenced != "false");
}
