using System.Collections;

namespace EdgeHost.Plugins.Health.Signals.Ecg.Leads;

/// <summary>Where a lead has no signal, to a tenth of a second: there it says nothing of beats, neither for nor against.</summary>
internal sealed class LeadContact
{
    private const double BlockSeconds = 0.1;

    // A line counts as flat from its start on, but is known to be flat half a second later.
    private const int KnownAfter = 6;

    private readonly BitArray _off;
    private readonly int _block;

    private LeadContact(int samples, int block) => (_off, _block) = (new BitArray((samples + block - 1) / block), block);

    public static LeadContact Of(ReadOnlySpan<float> millivolts, double rateHz)
    {
        var block = (int)Math.Ceiling(BlockSeconds * rateHz);
        var contact = new LeadContact(millivolts.Length, block);
        var (cleaner, clean) = (new EcgCleaner(rateHz), new float[block]);
        for (var i = 0; i < contact._off.Length + KnownAfter; i++)
        {
            if (i < contact._off.Length)
            {
                var piece = millivolts[(i * block)..Math.Min(millivolts.Length, (i + 1) * block)];
                cleaner.Clean(piece, clean);
            }

            var known = i - KnownAfter;
            if (known >= 0) contact._off[known] = cleaner.Invalid.Touches((long)known * block, (known + 1L) * block);
        }

        return contact;
    }

    /// <summary>Whether there is no signal somewhere from start to end.</summary>
    public bool IsOff(long start, long end)
    {
        for (var block = Math.Max(0, start / _block); block <= end / _block && block < _off.Length; block++)
        {
            if (_off[(int)block]) return true;
        }

        return false;
    }
}
