import Core
import Kernel
print(Work.unwatched.isCancelled())
