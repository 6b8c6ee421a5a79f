using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EdgeHost.Runtime.Onnx.Preparation;

/// <summary>
/// What lies beside a prepared form and says whether it is whole and the right one: the key, the length, and a hash over samples of the content. Samples,
/// because hashing all of it would cost as much as loading it; they find what really happens to such files, truncation and pages that never reached the
/// disk. ONNX Runtime checks the structure itself.
/// </summary>
internal static class PreparedEntry
{
    private const string Header = "edgehost prepared model 1";

    /// <summary>No entry is longer; more is not read.</summary>
    private const int MostBytes = 8192;

    /// <summary>Bytes of one sample; the first and the last sample of a file are its first and last bytes.</summary>
    private const int SampleBytes = 4096;

    /// <summary>Samples of a file, spread evenly: 256 KiB in all, which the load reads anyway.</summary>
    private const int Samples = 64;

    /// <summary>The entry for a form.</summary>
    public static byte[] Describe(PreparedModelKey key, string form)
    {
        var length = new FileInfo(form).Length;
        return Encoding.UTF8.GetBytes($"{Header}\nkey {key.Text}\nbytes {length.ToString(CultureInfo.InvariantCulture)}\nsample {Sample(form)}\n");
    }

    /// <summary>Whether the form is the one that the entry was written for.</summary>
    /// <exception cref="IOException">One of the files cannot be read.</exception>
    public static bool Matches(string entry, string form, PreparedModelKey key)
    {
        var file = new FileInfo(entry);
        return file.Length <= MostBytes && File.ReadAllBytes(entry).AsSpan().SequenceEqual(Describe(key, form));
    }

    private static string Sample(string path)
    {
        using var file = File.OpenHandle(path);
        var length = RandomAccess.GetLength(file);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> buffer = stackalloc byte[SampleBytes];
        for (var i = 0; i < Samples; i++)
        {
            var read = RandomAccess.Read(file, buffer, Math.Max(0, length - SampleBytes) * i / (Samples - 1));
            hash.AppendData(buffer[..read]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
