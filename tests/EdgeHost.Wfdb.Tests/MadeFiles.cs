using System.Text;

namespace EdgeHost.Wfdb.Tests;

/// <summary>Files of a record that a test makes, in memory; knows how many are open.</summary>
internal sealed class MadeFiles
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <summary>Files that were opened and not closed.</summary>
    public int OpenCount { get; private set; }

    /// <summary>The most that were open together.</summary>
    public int MostOpen { get; private set; }

    /// <summary>Adds a header.</summary>
    public MadeFiles Header(string name, string text)
    {
        _files[name + ".hea"] = Encoding.UTF8.GetBytes(text);
        return this;
    }

    /// <summary>Adds a signal file of format 16.</summary>
    public MadeFiles Samples(string name, params short[] samples)
    {
        _files[name] = [.. samples.SelectMany(BitConverter.GetBytes)];
        return this;
    }

    /// <summary>Adds an ordinary record of one signal file <c>NAME.dat</c> of format 16 at 250 Hz with a gain of 1.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="signals">The signals' descriptions.</param>
    /// <param name="samples">Whole frames.</param>
    public MadeFiles Record(string name, string[] signals, params short[] samples)
    {
        var lines = signals.Select((signal, i) => $"{name}.dat 16 1/mV 16 0 0 {Sum(samples.Where((_, at) => at % signals.Length == i))} 0 {signal}\n");
        return Header(name, $"{name} {signals.Length} 250 {samples.Length / signals.Length}\n{string.Concat(lines)}").Samples(name + ".dat", samples);
    }

    /// <summary>Opens a file.</summary>
    public Stream? Open(string name) => _files.TryGetValue(name, out var bytes) ? new CountedStream(this, bytes) : null;

    private static short Sum(IEnumerable<short> samples) => samples.Aggregate((short)0, static (sum, sample) => unchecked((short)(sum + sample)));

    private sealed class CountedStream : MemoryStream
    {
        private readonly MadeFiles _owner;
        private bool _isClosed;

        public CountedStream(MadeFiles owner, byte[] bytes)
            : base(bytes, writable: false)
        {
            _owner = owner;
            owner.OpenCount++;
            owner.MostOpen = Math.Max(owner.MostOpen, owner.OpenCount);
        }

        protected override void Dispose(bool disposing)
        {
            if (!_isClosed) _owner.OpenCount--;
            _isClosed = true;
            base.Dispose(disposing);
        }
    }
}
