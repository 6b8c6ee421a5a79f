namespace EdgeHost.Runtime.Models;

/// <summary>Gives freed memory back to the operating system after an unload; a seam for tests. Thread-safe.</summary>
internal interface IMemoryTrimmer
{
    /// <summary>Trims the native heap; takes milliseconds, so never on a call's path.</summary>
    void Trim();
}
