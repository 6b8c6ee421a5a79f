// Some tests measure the memory of the process; another test's model must not count.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
