using System.Globalization;
using System.Runtime.InteropServices;

namespace EdgeHost.Benchmarks.Transport.Measuring;

/// <summary>
/// Holds this process and those it started on one core until it is disposed. Two processes that call each other one call at a time never run at once, and
/// on virtual machines a wake-up costs 10 µs on the same core and 45 µs on another, so that where the system happens to put a thread hides what is measured.
/// </summary>
internal sealed partial class OneCore : IDisposable
{
    private const int MaskBytes = 128;
    private readonly byte[] _before = new byte[MaskBytes];

    private OneCore()
    {
        if (GetAffinity(0, MaskBytes, _before) < 0) throw new InvalidOperationException($"The cores of this process cannot be read: error {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>Confines everything, or does nothing where that is not possible.</summary>
    public static OneCore? Enter()
    {
        if (!OperatingSystem.IsLinux()) return null;
        var core = new OneCore();
        var first = Array.FindIndex(core._before, bits => bits != 0);
        var mask = new byte[MaskBytes];
        mask[first] = (byte)(core._before[first] & -core._before[first]);
        Apply(mask);
        return core;
    }

    /// <summary>Gives the cores back.</summary>
    public void Dispose() => Apply(_before);

    // Threads that begin meanwhile have the cores of the one that began them; the second round takes those of the first round's last moment.
    private static void Apply(byte[] mask)
    {
        for (var round = 0; round < 2; round++)
        {
            foreach (var thread in Family().SelectMany(Threads))
            {
                // A thread that has ended meanwhile cannot be moved and need not be.
                _ = SetAffinity(thread, MaskBytes, mask);
            }
        }
    }

    private static HashSet<int> Family()
    {
        var parents = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .ToDictionary(id => id, ParentOf);
        var family = new HashSet<int> { Environment.ProcessId };
        for (var known = 0; known < family.Count;)
        {
            known = family.Count;
            family.UnionWith(parents.Where(pair => family.Contains(pair.Value)).Select(pair => pair.Key).ToArray());
        }

        return family;
    }

    private static IEnumerable<int> Threads(int process)
    {
        try
        {
            return [.. Directory.EnumerateDirectories($"/proc/{process}/task").Select(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static int ParentOf(int process)
    {
        try
        {
            // The name stands in parentheses and may hold anything.
            var text = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    private static partial int GetAffinity(int thread, nint bytes, [Out] byte[] mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nint bytes, byte[] mask);
}
