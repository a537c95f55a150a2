! Four ways to declare an argument, and what each means to whoever calls it from Python.

subroutine deepest(field, rows, columns, depth)
  use, intrinsic :: iso_c_binding, only: c_double, c_int
  implicit none
  integer(c_int), intent(in) :: rows, columns
  real(c_double), intent(in) :: field(rows, columns)
  real(c_double), intent(out) :: depth

  depth = maxval(field)
end subroutine deepest

subroutine melt(depths, n)
  use, intrinsic :: iso_c_binding, only: c_double, c_int
  implicit none
  integer(c_int) :: n
  real(c_double) :: depths(n)

  depths = depths - 1
end subroutine melt

subroutine rounded(depth, same)
  implicit none
  real, intent(in) :: depth
  real, intent(out) :: same

  same = depth
end subroutine rounded

subroutine refuse(depth)
  use, intrinsic :: iso_c_binding, only: c_double
  implicit none
  real(c_double), intent(in) :: depth

  if (depth < 0) error stop "a depth below zero"
end subroutine refuse
