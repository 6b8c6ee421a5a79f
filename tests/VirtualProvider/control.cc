#include "control.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>

namespace edgehost {

bool TakeFailure(std::atomic<int64_t>& left) {
  for (int64_t now = left.load(); now != 0;) {
    if (now < 0 || left.compare_exchange_weak(now, now - 1)) return true;
  }
  return false;
}

ControlFile::ControlFile(const std::string& path) {
  int flags = MAP_SHARED;
  int file = -1;
  if (path.empty()) {
    flags |= MAP_ANONYMOUS;
  } else {
    file = open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) throw std::runtime_error("the control file cannot be opened: " + path);
    // A shorter file would end the process at the first access past its end.
    if (lseek(file, 0, SEEK_END) < static_cast<off_t>(kControlBytes)) {
      close(file);
      throw std::runtime_error("the control file is too short: " + path);
    }
  }
  memory_ = mmap(nullptr, kControlBytes, PROT_READ | PROT_WRITE, flags, file, 0);
  if (file >= 0) close(file);
  if (memory_ == MAP_FAILED) throw std::runtime_error("the control file cannot be mapped: " + path);
  int64_t magic = 0;
  std::memcpy(&magic, memory_, sizeof magic);
  if (!path.empty() && magic != kControlMagic) {
    munmap(memory_, kControlBytes);
    throw std::runtime_error("not a control file: " + path);
  }
}

ControlFile::~ControlFile() { munmap(memory_, kControlBytes); }

DeviceControl& ControlFile::Device(size_t index) const {
  return *reinterpret_cast<DeviceControl*>(static_cast<char*>(memory_) + kControlHeaderBytes + index * kControlDeviceBytes);
}

}  // namespace edgehost
