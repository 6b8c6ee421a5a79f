using EdgeHost.TestKit;

namespace EdgeHost.Fuzz;

/// <summary>The inputs of a target that are worth keeping: a text file with one in hex a line, under version control. Lines with # are comments.</summary>
internal sealed class Corpus
{
    private readonly string _path;

    /// <summary>Names the corpus of a target.</summary>
    public Corpus(string target) => _path = Path.Combine(Repository.Root, "tests", "EdgeHost.Fuzz", "Corpus", $"{target}.txt");

    /// <summary>Reads all inputs.</summary>
    public IReadOnlyList<byte[]> Read()
        => File.Exists(_path) ? [.. File.ReadLines(_path).Select(static line => line.Trim()).Where(static line => line.Length > 0 && line[0] != '#').Select(Convert.FromHexString)] : [];

    /// <summary>Replaces all inputs.</summary>
    public void Write(IEnumerable<byte[]> inputs) => File.WriteAllLines(_path, inputs.Select(Convert.ToHexStringLower));

    /// <summary>Adds an input.</summary>
    public void Add(byte[] input) => File.AppendAllLines(_path, [Convert.ToHexStringLower(input)]);
}
