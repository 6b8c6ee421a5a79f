namespace EdgeHost.Runtime.Models;

/// <summary>Small text files of the operating system, as a seam for tests.</summary>
internal interface ISystemFiles
{
    /// <summary>The text of a file, or null where there is none or it cannot be read.</summary>
    string? TryReadText(string path);

    /// <summary>Names of what is in a folder, in no order; none where it cannot be read.</summary>
    IReadOnlyList<string> List(string folder) => [];
}
