namespace EdgeHost.Runtime.Scheduling;

internal enum QueuedStepState
{
    Queued,
    Running,
    Ended,
}
