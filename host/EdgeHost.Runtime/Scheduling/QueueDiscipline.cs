namespace EdgeHost.Runtime.Scheduling;

/// <summary>The order in which waiting steps get a device.</summary>
public enum QueueDiscipline
{
    /// <summary>
    /// Classes, inside a class weighted fair sharing between apps by device time, among the apps whose turn it may be the least slack first. The default.
    /// </summary>
    Fair = 0,

    /// <summary>Order of arrival whatever the class. For comparison.</summary>
    FirstInFirstOut = 1,

    /// <summary>The shortest expected run first whatever the class; steps without an estimate last. For comparison: it starves long steps.</summary>
    ShortestExpected = 2,
}
