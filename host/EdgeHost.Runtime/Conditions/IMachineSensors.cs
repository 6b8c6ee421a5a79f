namespace EdgeHost.Runtime.Conditions;

/// <summary>Reads the machine's sensors; the seam for other operating systems and for tests. One caller at a time. Never throws: what cannot be read gives no signal.</summary>
internal interface IMachineSensors
{
    /// <summary>Reads all of them now; some milliseconds at worst.</summary>
    MachineReading Read();
}
