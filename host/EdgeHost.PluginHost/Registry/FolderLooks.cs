using EdgeHost.PluginHost.Discovery;

namespace EdgeHost.PluginHost.Registry;

/// <summary>
/// What the looks at one folder amount to. A stamp counts when two looks in a row agree, so that a copy in progress is left alone; the folder is gone when two in
/// a row do not find it, so that a replacement by renaming loses no call. For one caller at a time.
/// </summary>
internal sealed class FolderLooks
{
    private FolderStamp? _accepted;
    private FolderStamp? _seen;
    private int _missing;

    /// <summary>Whether it is gone.</summary>
    public bool IsGone => _missing > 1;

    /// <summary>The folder is there.</summary>
    /// <param name="stamp">Its stamp, or null where files came or went during the look.</param>
    /// <param name="acceptAtOnce">Whether one look is enough.</param>
    /// <param name="again">Whether a stamp that was accepted counts anew.</param>
    /// <returns>Whether the stamp counts from now on.</returns>
    public bool Find(FolderStamp? stamp, bool acceptAtOnce, bool again)
    {
        _missing = 0;
        var before = _seen;
        _seen = stamp;
        if (stamp is null || (stamp == _accepted && !again) || !(acceptAtOnce || stamp == before)) return false;
        _accepted = stamp;
        return true;
    }

    /// <summary>The folder is there and cannot be used: whatever comes next is new.</summary>
    public void FindUnusable()
    {
        _missing = 0;
        _seen = null;
        _accepted = null;
    }

    /// <summary>The folder is not there.</summary>
    /// <returns>Whether it is gone since this look.</returns>
    public bool Miss()
    {
        _seen = null;
        if (++_missing != 2) return false;
        _accepted = null;
        return true;
    }
}
